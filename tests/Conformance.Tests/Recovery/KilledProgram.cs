using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>A short run of tests/Chaos, for all tests that look at it: processes are killed, lose power, meet a full disk and poison.</summary>
public sealed partial class KilledProgram : IAsyncLifetime
{
    public const int Kills = 10;
    public const int Records = 100_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public int ExitCode { get; private set; }

    /// <summary>All that it has written.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The figures of its last line, by what they count.</summary>
    public IReadOnlyDictionary<string, int> Figures { get; private set; } = new Dictionary<string, int>();

    public async ValueTask InitializeAsync()
    {
        var chaos = typeof(KilledProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Chaos").Value!;
        string[] sizes = ["--kills", Text(Kills), "--records", Text(Records), "--keys", "10000", "--pace", "400"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [chaos, .. sizes]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(); // Its own processes end with it.
            }

            Output = await output;
        }

        ExitCode = process.ExitCode;
        Figures = Figure().Matches(Output.TrimEnd().Split('\n')[^1]).ToDictionary(
            static match => match.Groups[2].Value, static match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => default;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) ([a-z ]+)")]
    private static partial Regex Figure();
}
