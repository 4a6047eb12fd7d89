using System.Globalization;

namespace CodegenStreaming.Chaos.Regime;

/// <summary>
/// Writes all numbers once, most of them to the partitions of a log, some to files, while children live and die: as many as <see cref="Allowed"/> says. It is the
/// outside world, and never dies.
/// </summary>
internal sealed class Feeder : IDisposable
{
    private const int LogPartitions = 3;
    private const int OneFileOf = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private readonly ChaosFolder _folder;
    private readonly long _records;
    private readonly Random _random;
    private readonly LogDirectoryWriter<long>[] _logs;
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;
    private long _allowed;
    private long _written;

    public Feeder(ChaosFolder folder, long records, int seed)
    {
        (_folder, _records, _random) = (folder, records, new Random(seed));
        _logs = [.. Enumerable.Range(0, LogPartitions).Select(partition =>
            new LogDirectoryWriter<long>(folder.Log, partition.ToString(CultureInfo.InvariantCulture), segmentLength: 256 * 1024))];
        _thread = new Thread(Feed) { Name = "feeder" };
        _thread.Start();
    }

    /// <summary>How many numbers are there.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>How many numbers may be there; they come bit by bit.</summary>
    public long Allowed
    {
        get => Interlocked.Read(ref _allowed);
        set => Interlocked.Exchange(ref _allowed, value);
    }

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        Array.ForEach(_logs, static log => log.Dispose());
        _ended.Dispose();
    }

    private void Feed()
    {
        while (!_ended.Wait(Pause))
        {
            var behind = Math.Min(Allowed, _records) - _written;
            if (behind > 0)
            {
                // What is behind by more comes faster, but never all at once.
                var count = Math.Min(behind, 100 + (behind / 40) + _random.Next(100));
                WriteSome([.. Enumerable.Range(0, (int)count).Select(index => _written + index)]);
                Interlocked.Add(ref _written, count);
            }
        }
    }

    private void WriteSome(long[] numbers)
    {
        if (_random.Next(OneFileOf) > 0)
        {
            var log = _logs[_random.Next(_logs.Length)];
            log.Append(numbers);
            log.Flush();
            return;
        }

        var name = $"{_written}.txt";
        var unfinished = Path.Combine(_folder.Files, "." + name);
        File.WriteAllLines(unfinished, numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
        File.Move(unfinished, Path.Combine(_folder.Files, name));
    }
}
