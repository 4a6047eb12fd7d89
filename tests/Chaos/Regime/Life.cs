using System.Diagnostics;
using System.Globalization;
using CodegenStreaming.Chaos.Child;
using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Chaos.Regime;

/// <summary>A process of the program, from its start to its end.</summary>
internal sealed class Life : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly ChaosFolder _folder;
    private readonly FlushNotes? _flushes;
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public Life(ChaosFolder folder, ChildSetting setting, FlushNotes? flushes)
    {
        (_folder, _flushes, Setting) = (folder, flushes, setting);
        Journal = new JournalReader(folder.JournalOf(setting.Life));
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Life).Assembly.Location);
        }

        foreach (var argument in ArgumentsOf(setting))
        {
            start.ArgumentList.Add(argument);
        }

        flushes?.Prepare(start, Notes);
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public ChildSetting Setting { get; }

    public JournalReader Journal { get; }

    public DateTime Started { get; } = DateTime.UtcNow;

    /// <summary>What it has flushed, once it has ended; null where that is not known.</summary>
    public FlushedFiles? Flushed => _flushes is null ? null : FlushNotes.Read(Notes);

    public TimeSpan Age => _watch.Elapsed;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What the process has said of its end.</summary>
    public string Error => _error.GetAwaiter().GetResult().Trim();

    /// <summary>Whether states are being written, or are written and named by no manifest yet.</summary>
    public bool IsWritingStates()
    {
        if (Journal.UnderWay.Any(static name => FileNames.TryParseData(name, out _, out _)))
        {
            return true;
        }

        var store = new LocalCheckpointStore(_folder.Checkpoint);
        long fence = 0, last = 0;
        foreach (var name in store.List())
        {
            if (FileNames.TryParseLease(name, out var lease, out _))
            {
                fence = Math.Max(fence, lease);
            }
        }

        foreach (var name in store.List())
        {
            if (FileNames.TryParseData(name, out var of, out var sequence) && of == fence)
            {
                last = Math.Max(last, sequence);
            }
        }

        return last > 0 && ManifestLog.ReadNewest(store) is { } newest && (newest.Fence < fence || newest.NextFile <= last);
    }

    /// <summary>Waits until something is so, or the process has ended.</summary>
    /// <returns>False when neither came in time.</returns>
    public bool WaitUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = _watch.Elapsed + limit;
        while (!_process.HasExited)
        {
            Journal.Read();
            if (condition())
            {
                return true;
            }

            if (_watch.Elapsed > end)
            {
                return false;
            }

            Thread.Sleep(Look);
        }

        Journal.Read();
        return true;
    }

    public void WaitFor(TimeSpan duration)
    {
        var end = _watch.Elapsed + duration;
        WaitUntil(() => _watch.Elapsed >= end, duration + TimeSpan.FromSeconds(1));
    }

    /// <summary>Kills it, at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        Journal.Read();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        Journal.Dispose();
    }

    private string Notes => _folder.JournalOf(Setting.Life) + ".flushes";

    private static string[] ArgumentsOf(ChildSetting setting) =>
    [
        "--child", setting.Root, "--life", Text(setting.Life), "--keys", Text(setting.Keys), "--threads", Text(setting.Threads), "--partitions", Text(setting.Partitions),
        "--fused", setting.IsFused ? "true" : "false",
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
