namespace CodegenStreaming.Samples.Tests;

/// <summary>The lines that a process has written so far. Thread-safe.</summary>
internal sealed class LineLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Condition, TaskCompletionSource Met)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public void Add(string? line)
    {
        lock (_lock)
        {
            if (line is not null)
            {
                _lines.Add(line);
            }

            foreach (var (condition, met) in _waiting)
            {
                if (condition(Text))
                {
                    met.TrySetResult();
                }
            }
        }
    }

    public Task WhenAsync(Func<string, bool> condition)
    {
        lock (_lock)
        {
            if (condition(Text))
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, met));
            return met.Task;
        }
    }
}
