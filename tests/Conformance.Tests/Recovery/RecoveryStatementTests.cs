using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>How the reference checkpoints and recovers, statement by statement; where we differ, what we do instead.</summary>
public sealed class RecoveryStatementTests : IDisposable
{
    private readonly RestartedProgram _program = new();

    [Fact]
    public async Task Statement99_AfterARestart_StateSnapshots_GoOnExactly()
    {
        for (var second = 1; second <= 7; second++)
        {
            _program.Write($"{second}", second, "a 1", $"b{second} 1");
        }

        await RunAsync(3, isGraceful: false);
        await RunAsync(4, isGraceful: true);
        Assert.Equal(Enumerable.Range(1, 7).Select(second => $"{second}: {string.Join(' ', Enumerable.Range(1, second).Select(key => $"b{key}=1").Prepend($"a={second}"))}"), _program.Lines);

        Task RunAsync(int seconds, bool isGraceful) => _program.RunAsync(
            seconds,
            streaming => _program.Pairs(streaming).MapWithState(CheckpointedStreams.Count()).StateSnapshots()
                .ForeachRdd((rdd, time) => _program.Lines.Add($"{RestartedProgram.NumberOf(time)}: {string.Join(' ', rdd.Collect().OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.State}"))}")),
            isGraceful,
            options => options.CheckpointInterval = TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Statement113_StatesWithACodecOfTheUsers_AreSaved()
    {
        _program.Write("1", 1, "a 1");
        await RunAsync();
        _program.Write("2", 3, "a 10");
        await RunAsync();
        Assert.Equal(["1", "1", "11", "11"], _program.Lines);

        Task RunAsync() => _program.RunAsync(2, streaming =>
        {
            streaming.UseCodec(RecordCodec.Of<Tally, TallyCodec>());
            _program.Pairs(streaming).UpdateStateByKey<string, int, Tally>((values, state) => new Option<Tally>(new Tally(values.Sum() + (state.HasValue ? state.Value.Sum : 0))))
                .ForeachRdd(rdd => _program.Lines.Add($"{rdd.Collect().Single().State.Sum}"));
        });
    }

    [Fact]
    public async Task Statement130_WhatNoCheckpointNeeds_IsGivenUp_AndNothingElse()
    {
        var input = new CountedInput();
        await _program.RunAsync(
            12,
            streaming => streaming.AddInput(input, input.Node).Map(number => ("a", number)).Totals().ForeachRdd(Note),
            isGraceful: false,
            options => options.CheckpointInterval = TimeSpan.FromSeconds(2));
        var manifests = _program.Store.List().Where(name => FileNames.TryParseManifest(name, out _))
            .Select(name => ContentFormat.Read(CheckpointManifest.Read(_program.Store.Read(name), name)).Data.Number);
        Assert.InRange(input.Committed, 1, (int)manifests.Min());
    }

    [Fact]
    public async Task Statement114_OutputsBeforeAndAfterARestart_AreThoseOfAnUndisturbedRun()
    {
        for (var second = 1; second <= 9; second++)
        {
            _program.Write($"{second}", second, $"a {second}");
        }

        await RunAsync(4);
        await RunAsync(5);
        Assert.Equal([1, 3, 6, 10, 15, 21, 28, 36, 45], _program.Lines.Select(int.Parse));

        Task RunAsync(int seconds) => _program.RunAsync(seconds, NoteTotals, isGraceful: false);
    }

    [Fact]
    public async Task Statement116_StateFiles_AppearAfterTheFirstInterval_GoWhenNoCheckpointNeedsThem_AndServeSecondRestarts()
    {
        for (var second = 1; second <= 20; second++)
        {
            _program.Write($"{second}", second, "a 1");
        }

        var files = new List<string[]>();
        await RunAsync(7);
        Assert.Equal([0, 0], files.Take(2).Select(names => names.Length));
        Assert.NotEmpty(files[3]);

        _program.Second += 7; // The clock is seven batches later.
        await RunAsync(6);
        var needed = _program.Store.List().Where(name => FileNames.TryParseManifest(name, out _))
            .SelectMany(name => CheckpointManifest.Read(_program.Store.Read(name), name).Files).Select(file => file.Name).ToHashSet();
        Assert.Subset(needed, files[^1].ToHashSet());
        Assert.Equal(Enumerable.Range(1, 20), _program.Lines.Select(int.Parse));

        Task RunAsync(int seconds) => _program.RunAsync(
            seconds,
            NoteTotals,
            isGraceful: false,
            options => options.CheckpointInterval = TimeSpan.FromSeconds(2),
            (_, _) => files.Add([.. _program.Store.List().Where(name => FileNames.TryParseData(name, out var _, out var _))]));
    }

    [Fact]
    public async Task Statement117_AnInputOfThreeOutputs_IsRestoredOnce()
    {
        _program.Write("1", 1, "a 1");
        await RunAsync();
        _program.Write("2", 3, "a 10");
        await RunAsync();
        Assert.Equal(["1 1 1", "0 0 0", "1 1 1", "0 0 0"], _program.Lines.Chunk(3).Select(counts => string.Join(' ', counts)));

        Task RunAsync() => _program.RunAsync(2, streaming =>
        {
            var pairs = _program.Pairs(streaming);
            for (var output = 0; output < 3; output++)
            {
                pairs.ForeachRdd(rdd => _program.Lines.Add($"{rdd.Count()}"));
            }
        });
    }

    [Fact]
    public async Task Statement118_SettingsMayChange_WithTheRestart()
    {
        _program.Write("1", 1, "a 1", "b 2");
        await _program.RunAsync(2, NoteTotals, isGraceful: false, options => (options.Master, options.AppName, options.DefaultParallelism) = ("local[1]", "before", 2));
        _program.Write("2", 3, "b 3", "c 4");
        await _program.RunAsync(2, NoteTotals, isGraceful: false, options => (options.Master, options.AppName, options.DefaultParallelism) = ("local[3]", "after", 5));
        Assert.Equal(["3", "3", "10", "10"], _program.Lines);
    }

    [Fact]
    public async Task Statement121_AMissingDirectory_IsMade()
    {
        var directory = Path.Combine(_program.Folder, "a", "b");
        await using var streaming = StreamingContext.GetOrCreate(directory, () =>
        {
            var context = new StreamingContext(new StreamingOptions());
            _program.Pairs(context).Totals().Print();
            return context;
        });
        streaming.Start();
        Assert.False(streaming.IsRestored);
        Assert.True(Directory.Exists(directory));
    }

    [Fact]
    public async Task Statement122_TwoStatesInARow_AreBothSaved()
    {
        for (var second = 1; second <= 6; second++)
        {
            _program.Write($"{second}", second, "a 1");
        }

        await RunAsync();
        await RunAsync();
        Assert.Equal([1, 3, 6, 10, 15, 21], _program.Lines.Select(int.Parse));

        Task RunAsync() => _program.RunAsync(
            3,
            streaming => _program.Pairs(streaming).Totals("first").Totals("second").ForeachRdd(Note),
            isGraceful: false,
            options => options.CheckpointInterval = TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Statement123_SavedFolders_AreWrittenAgain_AlsoInsideTransform()
    {
        _program.Write("1", 1, "a 1");
        var prefix = Path.Combine(_program.Folder, "out", "batch");
        Directory.CreateDirectory(Path.Combine(_program.Folder, "out", $"batch-{RestartedProgram.Beginning.AddSeconds(1).ToUnixTimeMilliseconds()}"));
        await _program.RunAsync(1, streaming =>
        {
            var pairs = _program.Pairs(streaming);
            pairs.SaveAsTextFiles(prefix);
            pairs.Transform((rdd, time) =>
            {
                rdd.SaveAsTextFile(Path.Combine(_program.Folder, "out", "inside"));
                rdd.SaveAsTextFile(Path.Combine(_program.Folder, "out", "inside"));
                return rdd;
            }).ForeachRdd(rdd => rdd.Count());
        });
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(_program.Folder, "out"), "_SUCCESS", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Statement126_AFileStream_TakesWhatAppearedWhileTheProgramWasDown()
    {
        for (var second = 1; second <= 3; second++)
        {
            _program.Write($"{second}", second, $"a {second}");
        }

        await _program.RunAsync(3, NoteTotals, isGraceful: false);
        for (var second = 4; second <= 6; second++)
        {
            _program.Write($"{second}", second, $"a {second}"); // While it is down.
        }

        _program.Second += 5;
        for (var second = 7; second <= 9; second++)
        {
            _program.Write($"{second}", second + 2, $"a {second}");
        }

        await _program.RunAsync(4, NoteTotals, isGraceful: false);
        Assert.Equal([1, 3, 6, 10, 15, 21, 28, 36, 45], _program.Lines.Distinct().Select(int.Parse));
    }

    [Fact]
    public async Task AnInputThatIsAdded_IsRestoredByTheNextRestart_WithWhatItHasTakenSince()
    {
        var added = Directory.CreateDirectory(Path.Combine(_program.Folder, "added")).FullName;
        _program.Write("1", 1, "a 1");
        await _program.RunAsync(2, NoteTotals, isGraceful: false);
        _program.Write(Path.Combine("added", "2"), 3, "b 10");
        await _program.RunAsync(2, Define, isGraceful: false);
        _program.Write(Path.Combine("added", "3"), 5, "b 100");
        await _program.RunAsync(2, Define, isGraceful: false);
        Assert.Equal(["1", "1", "11", "11", "111", "111"], _program.Lines);

        void Define(StreamingContext streaming)
        {
            var more = streaming.TextFileStream(added).Map(line => (line.Split(' ')[0], int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
            _program.Pairs(streaming).Union(more).Totals().ForeachRdd(Note);
        }
    }

    [Fact]
    public async Task Statement127_AQueueStream_Starts_ButDoesNotComeBack()
    {
        await _program.RunAsync(1, Define);
        var refusal = await Assert.ThrowsAsync<CheckpointException>(() => _program.RunAsync(1, Define));
        Assert.Contains("does not support checkpointing", refusal.Message, StringComparison.Ordinal);

        static void Define(StreamingContext streaming) => streaming.QueueStream(new Queue<string[]>([["a"]])).Print();
    }

    [Fact]
    public async Task Statement128_FirstTheBatchesOfTheCheckpoint_ThenThoseThatWereMissed_ThenThoseToCome()
    {
        await _program.RunAsync(3, Define, isGraceful: false);
        _program.Second += 4;
        await _program.RunAsync(2, Define, isGraceful: false);
        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"{number}"), _program.Lines);

        void Define(StreamingContext streaming) => _program.Pairs(streaming).ForeachRdd((_, time) => _program.Lines.Add($"{RestartedProgram.NumberOf(time)}"));
    }

    [Fact]
    public async Task Statement134_WhatABatchGot_IsWrittenDown_BeforeItsOutputsRun()
    {
        var manifests = new List<int>();
        for (var second = 1; second <= 3; second++)
        {
            _program.Write($"{second}", second, "a 1");
        }

        await _program.RunAsync(3, streaming => _program.Pairs(streaming).ForeachRdd((rdd, time) =>
        {
            var newest = ManifestLog.ReadNewest(_program.Store)!;
            Assert.True(RestartedProgram.NumberOf(time) <= ContentFormat.Read(newest).Planned);
            manifests.Add((int)newest.Number);
        }));
        Assert.Equal(3, manifests.Count);
    }

    [Fact]
    public async Task Statement138_ABatchThatWasDone_IsNotPutOutAgain()
    {
        _program.Write("1", 1, "a 1");
        await _program.RunAsync(2, NoteTotals, isGraceful: false);
        await _program.RunAsync(2, NoteTotals, isGraceful: false);
        Assert.Equal(["1", "1", "1", "1"], _program.Lines);
    }

    public void Dispose() => _program.Dispose();

    private void NoteTotals(StreamingContext streaming) => _program.Pairs(streaming).Totals().ForeachRdd(Note);

    private void Note(Rdd<(string Key, int State)> rdd) => _program.Lines.Add($"{rdd.Collect().Sum(pair => pair.State)}");

    private sealed class Tally(int sum)
    {
        public int Sum => sum;
    }

    private readonly struct TallyCodec : ICodec<Tally>
    {
        public static RecordSchema Schema => RecordSchema.Of(SchemaKind.Int32);

        public static void Write(ref RecordWriter writer, Tally value) => writer.WriteInt32(value.Sum);

        public static Tally Read(ref RecordReader reader) => new(reader.ReadInt32());
    }
}
