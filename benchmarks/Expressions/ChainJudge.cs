using System.Diagnostics;
using System.Reflection;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Ratios;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>Runs a compiled program by hand, fused and unfused; compares the results, and measures the first two.</summary>
internal abstract class ChainJudge
{
    public static ChainVerdict Judge(ChainProgram program, Assembly assembly, int records, int seed)
    {
        var byHand = assembly.GetType($"Programs.{program.ByHandName}")!;
        var recordType = byHand.GetMethod("CreateRecords")!.ReturnType.GetElementType()!;
        var judge = (ChainJudge)Activator.CreateInstance(typeof(ChainJudge<>).MakeGenericType(recordType))!;
        return judge.Judge(program, assembly.GetType($"Programs.{program.ClassName}")!, byHand, records, seed);
    }

    protected abstract ChainVerdict Judge(ChainProgram program, Type pipeline, Type byHand, int records, int seed);

    protected static bool IsVectorised(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Any(nested => IsVectorised(nested) || (nested.IsAssignableTo(typeof(FusedLoop)) && nested.GetMethod("TryRunVector")?.DeclaringType == nested));
}

/// <inheritdoc/>
internal sealed class ChainJudge<TRecord> : ChainJudge
{
    private const int Rounds = 7;

    /// <summary>Processor time: a judgement must not depend on what else the machine does.</summary>
    private static readonly BenchmarkClock Clock = new(isProcessorTime: true);

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);
    private static readonly int[] HostileLengths = [0, 1, 2, 7, 15, 16, 17, 31, 33, 63, 64, 65, 100, 1_000, 70_001];

    protected override ChainVerdict Judge(ChainProgram program, Type pipeline, Type byHand, int records, int seed)
    {
        var random = new Random(seed);
        var create = byHand.GetMethod("CreateRecords")!;
        TRecord[] Create(int count, bool isHostile) => (TRecord[])create.Invoke(null, [random, count, isHostile])!;

        var loop = byHand.GetMethod("Run")!.CreateDelegate<Func<ReadOnlySpan<TRecord>, object>>();
        TRecord[][] data = [Create(records, isHostile: false), .. HostileLengths.Select(length => Create(length, isHostile: true))];
        var difference = data.Select(batch => Compare(pipeline, loop, batch)).FirstOrDefault(found => found is not null);
        var (hand, fused) = Measure(pipeline, loop, data[0]);
        return new ChainVerdict(
            program.Number, program.Chain, IsVectorised(pipeline), hand / fused, hand * 1e9 / records, fused * 1e9 / records, difference);
    }

    private static string? Compare(Type pipeline, Func<ReadOnlySpan<TRecord>, object> loop, TRecord[] records)
    {
        using var fused = new Run(pipeline, records, useGeneratedLoops: true);
        using var unfused = new Run(pipeline, records, useGeneratedLoops: false);
        var (actual, specified) = (fused.RunBatch(), unfused.RunBatch());
        if (fused.BoundCalls == 0)
        {
            return "nothing was fused";
        }

        if (!Results.AreSame(actual, specified))
        {
            return $"over {records.Length} records fused gives {Results.Text(actual)}, unfused {Results.Text(specified)}";
        }

        // A reduction of nothing has no result; the loop by hand then gives what it began with.
        return actual is not null && loop(records) is var written && !Results.AreEqual(actual, written)
            ? $"over {records.Length} records the engine gives {Results.Text(actual)}, the loop by hand {Results.Text(written)}"
            : null;
    }

    private static (double Hand, double Fused) Measure(Type pipeline, Func<ReadOnlySpan<TRecord>, object> loop, TRecord[] records)
    {
        using var run = new Run(pipeline, records, useGeneratedLoops: true);
        var fused = Repetitions(() => run.RunBatch());
        var hand = Repetitions(() => loop(records));
        var (bestHand, bestFused) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            bestHand = Math.Min(bestHand, Time(hand.Action, hand.Count));
            bestFused = Math.Min(bestFused, Time(fused.Action, fused.Count));
        }

        return (bestHand, bestFused);
    }

    /// <summary>Runs until the code is compiled for good, and says how often to run for one sample.</summary>
    private static (Func<object?> Action, int Count) Repetitions(Func<object?> action)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        while (count < 40 || Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            action();
            count++;
        }

        return (action, Math.Max(1, (int)(TimeSpan.FromMilliseconds(25) / (Stopwatch.GetElapsedTime(start) / count))));
    }

    private static double Time(Func<object?> action, int count)
    {
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        var start = Clock.Now;
        for (var index = 0; index < count; index++)
        {
            action();
        }

        return (Clock.Now - start) / count;
    }

    /// <summary>The pipeline over one block, batch after batch.</summary>
    private sealed class Run : IDisposable
    {
        private readonly PipelineRun _run;
        private object? _result;

        public Run(Type pipeline, TRecord[] records, bool useGeneratedLoops)
        {
            Func<StreamingContext, DStream<TRecord>> source =
                streaming => new BlockInput<TRecord>(new ArrayBlock<TRecord>(records, records.Length, pool: null)).AddTo(streaming);
            Action<object> keep = result => _result = result;
            _run = new PipelineRun((IStreamingPipeline)Activator.CreateInstance(pipeline, source, keep)!, useGeneratedLoops);
        }

        public int BoundCalls => _run.BoundCalls;

        public object? RunBatch()
        {
            _result = null;
            _run.RunBatch();
            return _result;
        }

        public void Dispose() => _run.Dispose();
    }
}
