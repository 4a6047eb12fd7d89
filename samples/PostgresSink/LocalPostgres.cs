using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CodegenStreaming.Samples;

/// <summary>A PostgreSQL server of the program's own, in a folder that goes with it. PostgreSQL must be installed.</summary>
internal sealed class LocalPostgres : IDisposable
{
    // It refuses to run as the superuser; where the program does, the user that the installation made runs it.
    private static readonly string[] AsAnother = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];

    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-sink-").FullName;
    private readonly string _programs;

    private LocalPostgres(string programs)
    {
        _programs = programs;
        var port = FreePort();
        if (AsAnother.Length > 0)
        {
            Run("chown", "postgres", _folder);
        }

        Run([.. AsAnother, Program("initdb"), "-D", Data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        Run([
            .. AsAnother, Program("pg_ctl"), "-D", Data, "-w", "-l", Path.Combine(_folder, "log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off", "start",
        ]);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=app;Database=postgres";
    }

    public string ConnectionString { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts a server.</summary>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed.</exception>
    public static LocalPostgres Start() => new(
        FoldersOfPrograms().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        ?? throw new FileNotFoundException("PostgreSQL is not installed here. Install it (Debian, Ubuntu: apt install postgresql), or name a server by --connection."));

    public void Dispose()
    {
        Run([.. AsAnother, Program("pg_ctl"), "-D", Data, "-m", "fast", "-w", "stop"]);
        Directory.Delete(_folder, recursive: true);
    }

    private string Program(string name) => Path.Combine(_programs, name);

    private static IEnumerable<string> FoldersOfPrograms()
    {
        const string Versions = "/usr/lib/postgresql";
        var installed = Directory.Exists(Versions) ? Directory.GetDirectories(Versions).Select(version => Path.Combine(version, "bin")) : [];
        return installed.OrderDescending().Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static void Run(params string[] command)
    {
        // Its output goes nowhere: a server that is started holds on to it.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. command]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with exit code {process.ExitCode}.");
        }
    }
}
