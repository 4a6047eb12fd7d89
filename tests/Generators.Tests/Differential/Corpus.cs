using System.Collections.Concurrent;
using System.Globalization;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>The random programs, compiled and run once, in blocks of one compilation each.</summary>
public sealed class Corpus : ProgramCorpus
{
    /// <summary>How many compilations.</summary>
    public const int Blocks = 25;

    private protected override RandomProgram Write(int seed) => ProgramWriter.Write(seed);

    private protected override IReadOnlyList<BatchData> BatchesOf(int seed) => RandomBatches.Create(seed);
}

/// <summary>The random programs of windows, states and joins, over many small batches.</summary>
public sealed class StreamCorpus : ProgramCorpus
{
    /// <summary>How many compilations.</summary>
    public const int Blocks = 20;

    private protected override RandomProgram Write(int seed) => ProgramWriter.WriteStreams(seed);

    private protected override IReadOnlyList<BatchData> BatchesOf(int seed) => RandomBatches.CreateMany(seed);

    private protected override int AtOnce(int seed) => 1 + (seed % 5); // As with several jobs at once.
}

/// <summary>Random programs, compiled and run once, in blocks of one compilation each.</summary>
public abstract class ProgramCorpus
{
    /// <summary>How many programs in each block.</summary>
    private const int ProgramsPerBlock = 25;

    // Others than the usual programs, to look further than each change must.
    private static readonly int FirstSeed =
        int.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 0;

    private readonly ConcurrentDictionary<int, Lazy<IReadOnlyList<ProgramOutcome>>> _blocks = new();

    internal IReadOnlyList<ProgramOutcome> Run(int block) =>
        _blocks.GetOrAdd(block, number => new Lazy<IReadOnlyList<ProgramOutcome>>(() => RunBlock(number))).Value;

    private protected abstract RandomProgram Write(int seed);

    private protected abstract IReadOnlyList<BatchData> BatchesOf(int seed);

    private IReadOnlyList<ProgramOutcome> RunBlock(int block)
    {
        RandomProgram[] programs = [.. Enumerable.Range(FirstSeed + (block * ProgramsPerBlock), ProgramsPerBlock).Select(Write)];
        var compiled = ProgramCompiler.Compile(
            [("Records.cs", RandomProgram.Records), .. programs.Select(program => (program.FileName, program.Text))],
            block % 2 == 0 ? OptimizationLevel.Release : OptimizationLevel.Debug);
        return [.. programs.Select(program => Run(compiled, program))];
    }

    /// <summary>How many batches of a program are under way at once, when it is run once more so; 1 for no such run.</summary>
    private protected virtual int AtOnce(int seed) => 1;

    private ProgramOutcome Run(CompiledProgram compiled, RandomProgram program)
    {
        var batches = BatchesOf(program.Seed);
        var settings = new RunSettings(UseLoops: true, Threads: 1 + (program.Seed & 1), Parallelism: 1 + (program.Seed % 3));
        RunResult RunWith(RunSettings with) => PipelineRunner.Run(log => compiled.Create(program.Name, log, 2), batches, with);

        var fused = RunWith(settings);
        var unfused = RunWith(settings with { UseLoops = false });
        var calls = program.CallsByLine();
        var bound = fused.Bound
            .Where(site => Path.GetFileName(site.File) == program.FileName)
            .Select(site => calls[site.Line])
            .ToHashSet();
        return new ProgramOutcome(program, fused, unfused, bound)
        {
            OutOfOrder = AtOnce(program.Seed) is > 1 and var atOnce ? RunWith(settings with { AtOnce = atOnce }) : null,
        };
    }
}

/// <summary>Tests that share the corpus, so that each program runs once.</summary>
[CollectionDefinition(nameof(Corpus))]
public sealed class CorpusTestGroup : ICollectionFixture<Corpus>;

/// <summary>Tests that share the corpus of streams, beside those of the other one.</summary>
[CollectionDefinition(nameof(StreamCorpus))]
public sealed class StreamCorpusTestGroup : ICollectionFixture<StreamCorpus>;
