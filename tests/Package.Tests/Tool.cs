using System.Diagnostics;
using System.Text;

namespace CodegenStreaming.Package.Tests;

/// <summary>A child process of bounded life: its output is kept, and a failure shows all of it.</summary>
internal sealed class Tool : IAsyncDisposable
{
    // Only a hung process comes near it.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly string _command;
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly CancellationTokenSource _deadline;

    private Tool(ProcessStartInfo start)
    {
        _command = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _deadline.CancelAfter(Deadline);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Receive(line.Data);
        _process.ErrorDataReceived += (_, line) => Receive(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = _process.WaitForExitAsync(_deadline.Token).ContinueWith(_ => GiveUpWaiting(), TaskScheduler.Default);
    }

    /// <summary>Runs the .NET command line to its end, which must be a success.</summary>
    public static async Task<string> DotnetAsync(Scratch scratch, params string[] arguments)
    {
        await using var tool = StartDotnet(scratch, arguments);
        return await tool.EndAsync();
    }

    public static Tool StartDotnet(Scratch scratch, params string[] arguments) =>
        Start(scratch, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);

    public static Tool Start(Scratch scratch, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = scratch.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTheOuterBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = scratch.PackageCache;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return new Tool(start);
    }

    /// <summary>Waits until a line of the output contains a text.</summary>
    public Task WaitForAsync(string text)
    {
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, seen));
            return seen.Task; // It ends with the process, at the deadline at the latest.
        }
    }

    /// <summary>Closes the standard input, waits for the end, which must be a success, and returns the output.</summary>
    public async Task<string> EndAsync()
    {
        var (exitCode, output) = await ExitAsync();
        Assert.True(exitCode == 0, $"{_command} ended with {exitCode}:{Environment.NewLine}{output}");
        return output;
    }

    /// <summary>The same, whether it is a success or not.</summary>
    public async Task<(int ExitCode, string Output)> ExitAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync(_deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_command} did not end:{Environment.NewLine}{Output()}");
        }

        return (_process.ExitCode, Output());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _deadline.Dispose();
    }

    // The test runs under `dotnet test`, whose variables would lead the inner SDK astray.
    private static bool IsOfTheOuterBuild(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)
        || name is "CI";

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
            foreach (var (text, seen) in _awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    private void GiveUpWaiting()
    {
        lock (_output)
        {
            foreach (var (text, seen) in _awaited)
            {
                seen.TrySetException(new InvalidOperationException($"{_command} ended before it printed '{text}':{Environment.NewLine}{_output}"));
            }
        }
    }
}
