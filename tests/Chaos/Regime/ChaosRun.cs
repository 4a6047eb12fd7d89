using System.Globalization;
using System.Text.RegularExpressions;
using CodegenStreaming.Chaos.Child;
using CodegenStreaming.Chaos.Verification;

namespace CodegenStreaming.Chaos.Regime;

/// <summary>Starts processes one after another, ends each in one way or another, and compares what they leave in the end.</summary>
internal sealed partial class ChaosRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ChaosSetting _setting;
    private readonly ChaosFolder _folder;
    private readonly Random _random;
    private readonly Feeder _feeder;
    private readonly FlushNotes? _flushes;
    private readonly PowerLoss _powerLoss;
    private readonly List<string> _problems = [];
    private int _lives;
    private int _kills;
    private int _killsInCheckpoint;
    private int _losses;
    private int _damaged;
    private int _early;
    private int _fullDisks;
    private int _poisoned;
    private int _batches;
    private int _compactions;
    private long _newestBatch;
    private int _partitions = 4;

    public ChaosRun(ChaosSetting setting)
    {
        (_setting, _random) = (setting, new Random(setting.Seed));
        _folder = new ChaosFolder(setting.Folder ?? Directory.CreateTempSubdirectory("chaos").FullName);
        _folder.Create();
        (_flushes, _powerLoss) = (FlushNotes.Create(_folder), new PowerLoss(_folder, _random));
        _feeder = new Feeder(_folder, setting.Records, setting.Seed);
    }

    /// <summary>Runs all of it.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_setting.Kills} kills, {_setting.Records:N0} records of {_setting.Keys:N0} keys, seed {_setting.Seed}, in {_folder.Root}"));
        if (_flushes is null)
        {
            Console.WriteLine("No notes of flushes, for lack of Linux or of a C compiler: losses of power trust the store, and leave outputs alone.");
        }

        while (_kills < _setting.Kills && _problems.Count == 0)
        {
            Live(ChooseFate());
        }

        if (_problems.Count == 0)
        {
            Finish();
        }

        var comparison = Comparison.Of(_folder, _setting);
        _problems.AddRange(comparison.Problems);
        CheckRegime(comparison);
        Summarise(comparison);
        var isRight = comparison is { Lost: 0, Doubled: 0 } && _problems.Count == 0;
        if (isRight && _setting.Folder is null)
        {
            Directory.Delete(_folder.Root, recursive: true);
        }

        return isRight ? 0 : 1;
    }

    public void Dispose() => _feeder.Dispose();

    /// <summary>Every second kill is to be in a checkpoint, and every tenth early; a disk and poison come in between.</summary>
    private Fate ChooseFate()
    {
        var other = Math.Max(1, _setting.Kills / 10);
        if (_fullDisks < other && _random.Next(_setting.Kills) < 2 * other)
        {
            return Fate.FullDisk;
        }

        if (_poisoned < other && _kills < _setting.Kills * 9 / 10 && _random.Next(_setting.Kills) < 2 * other)
        {
            return Fate.Poison;
        }

        return _random.Next(10) switch
        {
            0 => Fate.KillEarly,
            <= 3 => Fate.Kill,
            _ => Fate.KillInCheckpoint,
        };
    }

    private void Live(Fate fate)
    {
        using var life = Start();
        if (fate != Fate.KillEarly && !MakesProgress(life))
        {
            return;
        }

        switch (fate)
        {
            case Fate.FullDisk:
                FillDisk(life);
                break;
            case Fate.Poison:
                Poison(life);
                break;
            default:
                Kill(life, fate);
                break;
        }
    }

    private Life Start()
    {
        if (_random.Next(10) == 0)
        {
            _partitions = _random.Next(1, 9);
        }

        _feeder.Allowed = _setting.Records * (_kills + 1) / _setting.Kills;
        return new Life(_folder, new ChildSetting(_folder.Root, ++_lives, _setting.Keys, _random.Next(1, 5), _partitions, IsFused: _random.Next(4) > 0), _flushes);
    }

    /// <summary>Whether a batch is done that was not before.</summary>
    private bool MakesProgress(Life life)
    {
        if (!life.WaitUntil(() => life.Journal.NewestBatch > _newestBatch, Patience))
        {
            return Problem(life, "made no progress");
        }

        return !life.HasEnded || Problem(life, "ended by itself");
    }

    private bool Problem(Life life, string what)
    {
        if (!life.HasEnded)
        {
            life.Kill();
        }

        _problems.Add($"The process {life.Setting.Life} {what}: {life.Error.Split('\n')[0]} (its log: {_folder.LogOf(life.Setting.Life)})");
        Console.WriteLine(_problems[^1]);
        return false;
    }

    private void Kill(Life life, Fate fate)
    {
        if (fate == Fate.KillEarly)
        {
            life.WaitFor(TimeSpan.FromMilliseconds(_random.Next(1500)));
        }
        else
        {
            life.WaitFor(_setting.Pace * 2 * _random.NextDouble());
            if (fate == Fate.KillInCheckpoint)
            {
                life.WaitUntil(life.IsWritingStates, TimeSpan.FromSeconds(10));
                life.WaitFor(TimeSpan.FromMilliseconds(_random.Next(4)));
            }
        }

        if (life.HasEnded)
        {
            Problem(life, "ended by itself");
            return;
        }

        life.Kill();
        var isInCheckpoint = life.IsWritingStates();
        _kills++;
        _killsInCheckpoint += isInCheckpoint ? 1 : 0;
        _early += fate == Fate.KillEarly ? 1 : 0;
        var kind = fate == Fate.KillEarly ? "killed early" : "killed";
        if (_random.Next(3) == 0)
        {
            var damaged = _powerLoss.Strike(life.Journal, life.Flushed, life.Started);
            (_losses, _damaged) = (_losses + 1, _damaged + damaged);
            kind = string.Create(CultureInfo.InvariantCulture, $"power lost, {damaged} files changed");
        }

        Tell(life, string.Create(CultureInfo.InvariantCulture, $"#{_kills}"), kind, isInCheckpoint);
    }

    private void FillDisk(Life life)
    {
        life.WaitFor(_setting.Pace * _random.NextDouble());
        var place = _random.Next(2) == 0 ? DiskFault.Checkpoints : DiskFault.Outputs;
        File.WriteAllText(_folder.FullDisk, place);
        var hasEnded = life.WaitUntil(() => false, Patience);
        File.Delete(_folder.FullDisk);
        if (!hasEnded || life.ExitCode != ChildProgram.EndedByFailure || !life.Error.Contains(DiskFault.Message, StringComparison.Ordinal))
        {
            Problem(life, "did not say that the disk was full");
            return;
        }

        _fullDisks++;
        Tell(life, "", $"no room for {place}", isInCheckpoint: false);
    }

    private void Poison(Life life)
    {
        life.WaitFor(_setting.Pace * _random.NextDouble());
        File.WriteAllText(_folder.Poison, "");
        if (DiesOfPoison(life) is { } first)
        {
            using var again = Start();
            if (DiesOfPoison(again) is { } second)
            {
                // A batch before it may be run again that had no poison then: it was done, and that was not written down any more.
                if (second > first)
                {
                    Problem(again, $"got past the batch {first} that had failed, to {second}");
                }

                _poisoned++;
            }
        }

        File.Delete(_folder.Poison);
    }

    /// <summary>Waits for the end; gives the time of the batch that was poisoned, or null where none was.</summary>
    private long? DiesOfPoison(Life life)
    {
        // All that was allowed may have been read: poison needs something to be in.
        var hasEnded = life.WaitUntil(() => (_feeder.Allowed += 2) < 0, Patience);
        if (!hasEnded || life.ExitCode != ChildProgram.EndedByFailure || PoisonedBatch().Match(life.Error) is not { Success: true } match)
        {
            Problem(life, "did not say that it was poisoned");
            return null;
        }

        Tell(life, "", "poisoned", isInCheckpoint: false);
        return long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private void Finish()
    {
        using var life = Start();
        _feeder.Allowed = _setting.Records;
        life.WaitUntil(() => _feeder.Written == _setting.Records, Patience);

        // What is there now is in the batches of this moment and before, however far behind they are.
        var all = DateTimeOffset.UtcNow.Add(CountedNumbers.Interval * 2).ToUnixTimeMilliseconds();
        if (!life.WaitUntil(() => life.Journal.NewestBatch > all, Patience * 5))
        {
            Problem(life, "did not come to the end");
            return;
        }

        File.WriteAllText(_folder.Stop, "");
        if (!life.WaitUntil(() => false, Patience * 2) || life.ExitCode != 0)
        {
            Problem(life, "was not stopped gracefully");
        }

        Tell(life, "", "stopped", isInCheckpoint: false);
    }

    private void Tell(Life life, string number, string fate, bool isInCheckpoint)
    {
        _newestBatch = Math.Max(_newestBatch, life.Journal.NewestBatch);
        _batches += life.Journal.Batches;
        _compactions += life.Journal.Compactions;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{number,-5}{fate,-32}{(isInCheckpoint ? "in a checkpoint" : ""),-17}{life.Age.TotalSeconds,5:F1} s {life.Journal.Batches,5} batches {_feeder.Written,11:N0} records   local[{life.Setting.Threads}], {life.Setting.Partitions} partitions{(life.Setting.IsFused ? "" : ", unfused")}"));
    }

    /// <summary>A run that is as long as it is meant to be must have met all that it is for.</summary>
    private void CheckRegime(Comparison comparison)
    {
        const int Whole = 100;
        if (_setting.Kills < Whole)
        {
            return;
        }

        (string What, long Found, long Least)[] wanted =
        [
            ("kills in a hundred during a checkpoint", _killsInCheckpoint * Whole / _setting.Kills, 30),
            ("compactions", _compactions, 3),
            ("live keys", comparison.LiveKeys, 100_000),
            ("records", comparison.Records, 1_000_000),
            ("losses of power", _losses, 10),
            ("full disks", _fullDisks, 3),
            ("poison records", _poisoned, 3),
        ];
        _problems.AddRange(wanted.Where(static wish => wish.Found < wish.Least).Select(static wish =>
            string.Create(CultureInfo.InvariantCulture, $"Of a run of a hundred kills or more at least {wish.Least} {wish.What} are wanted: {wish.Found}")));
    }

    private void Summarise(Comparison comparison)
    {
        foreach (var problem in _problems)
        {
            Console.WriteLine($"PROBLEM {problem}");
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_lives} processes: {_kills} killed ({_early} of them early, {_losses} with a loss of power that changed {_damaged} files), {_fullDisks} on a full disk, {2 * _poisoned} by poison"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_batches:N0} batches run, {comparison.Batches:N0} in the outputs; {comparison.Windows:N0} windows; {comparison.LiveKeys:N0} live keys; {comparison.TimedOut:N0} timed out; {_compactions} compactions"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_kills} kills, {_killsInCheckpoint} kills during a checkpoint, {comparison.Batches} batches, {comparison.Records} records, {comparison.Lost} lost, {comparison.Doubled} doubled"));
    }

    [GeneratedRegex(@"batch (\d+) ms, partition \d+: InvalidDataException: poison in the record")]
    private static partial Regex PoisonedBatch();
}
