using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CodegenStreaming.Samples.Tests;

/// <summary>A sample as its user runs it: a process with arguments, two streams of text, signals and an exit code.</summary>
internal sealed class SampleProcess : IDisposable
{
    /// <summary>Far more than anything here takes: a test that comes to it has failed.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly LineLog _output = new();
    private readonly LineLog _error = new();

    private SampleProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _error.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => _output.Text;

    public string Error => _error.Text;

    /// <summary>Starts NetworkWordCount.</summary>
    public static SampleProcess Start(params string[] arguments) => StartSample(BuildOutput.Of("NetworkWordCount"), arguments);

    /// <summary>Starts a sample.</summary>
    /// <param name="sample">Its assembly.</param>
    /// <param name="arguments">What its user writes behind its name.</param>
    public static SampleProcess StartSample(string sample, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        if (OperatingSystem.IsLinux())
        {
            // A runner in the background of a script passes on that SIGINT is ignored; a user's terminal does not.
            start.FileName = "env";
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }
        else
        {
            start.FileName = "dotnet";
        }

        foreach (var argument in arguments.Prepend(sample))
        {
            start.ArgumentList.Add(argument);
        }

        return new SampleProcess(new Process { StartInfo = start });
    }

    /// <summary>Completes when the standard output satisfies a condition.</summary>
    public Task WaitForOutputAsync(Func<string, bool> condition) => WaitAsync(_output.WhenAsync(condition));

    /// <summary>Completes when the standard error contains a text.</summary>
    public Task WaitForErrorAsync(string text) => WaitAsync(_error.WhenAsync(all => all.Contains(text, StringComparison.Ordinal)));

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end, and for all that was written.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await WaitAsync(_process.WaitForExitAsync());
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(Task task)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Nothing came of it in {Limit}.\nOutput:\n{Output}\nError:\n{Error}");
        }
    }
}
