using System.Collections.Concurrent;
using System.Globalization;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>The random programs, compiled and run once, in blocks of one compilation each.</summary>
public sealed class Corpus
{
    /// <summary>How many compilations.</summary>
    public const int Blocks = 25;

    /// <summary>How many programs in each.</summary>
    public const int ProgramsPerBlock = 25;

    // Others than the usual programs, to look further than each change must.
    private static readonly int FirstSeed =
        int.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 0;

    private readonly ConcurrentDictionary<int, Lazy<IReadOnlyList<ProgramOutcome>>> _blocks = new();

    internal IReadOnlyList<ProgramOutcome> Run(int block) =>
        _blocks.GetOrAdd(block, number => new Lazy<IReadOnlyList<ProgramOutcome>>(() => RunBlock(number))).Value;

    internal static IReadOnlyList<ProgramOutcome> RunPrograms(IReadOnlyList<RandomProgram> programs, OptimizationLevel optimization)
    {
        using var compiled = ProgramCompiler.Compile(
            [("Records.cs", RandomProgram.Records), .. programs.Select(program => (program.FileName, program.Text))], optimization);
        return [.. programs.Select(program => Run(compiled, program))];
    }

    private static IReadOnlyList<ProgramOutcome> RunBlock(int block) => RunPrograms(
        [.. Enumerable.Range(FirstSeed + (block * ProgramsPerBlock), ProgramsPerBlock).Select(ProgramWriter.Write)],
        block % 2 == 0 ? OptimizationLevel.Release : OptimizationLevel.Debug);

    private static ProgramOutcome Run(CompiledProgram compiled, RandomProgram program)
    {
        var batches = RandomBatches.Create(program.Seed);
        var settings = new RunSettings(UseLoops: true, Threads: 1 + (program.Seed & 1), Parallelism: 1 + (program.Seed % 3));
        RunResult RunWith(RunSettings with) => PipelineRunner.Run(log => compiled.Create(program.Name, log, 2), batches, with);

        var fused = RunWith(settings);
        var unfused = RunWith(settings with { UseLoops = false });
        var calls = program.CallsByLine();
        var bound = fused.Bound
            .Where(site => Path.GetFileName(site.File) == program.FileName)
            .Select(site => calls[site.Line])
            .ToHashSet();
        return new ProgramOutcome(program, fused, unfused, bound);
    }
}

/// <summary>What a random program did, and which of its calls ran inside generated loops.</summary>
internal sealed record ProgramOutcome(RandomProgram Program, RunResult Fused, RunResult Unfused, IReadOnlySet<OperatorCall> Bound)
{
    public IEnumerable<OperatorCall> Reached => Program.Calls.Where(call => call.IsReached);
}

/// <summary>Tests that share the corpus, so that each program runs once.</summary>
[CollectionDefinition(nameof(Corpus))]
public sealed class CorpusTestGroup : ICollectionFixture<Corpus>;
