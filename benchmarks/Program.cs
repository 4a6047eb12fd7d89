using System.CommandLine;
using BenchmarkDotNet.Running;
using CodegenStreaming.Benchmarks.Batches;
using CodegenStreaming.Benchmarks.Checkpoints;
using CodegenStreaming.Benchmarks.Expressions;
using CodegenStreaming.Benchmarks.Footprint;
using CodegenStreaming.Benchmarks.Growth;
using CodegenStreaming.Benchmarks.Page;
using CodegenStreaming.Benchmarks.Ratios;

var root = new RootCommand("Benchmarks of CodegenStreaming. Without a command the arguments go to BenchmarkDotNet: try --list flat, or --filter '*Grep*'.")
{
    RatiosCommand.Create(),
    BatchesCommand.Create(),
    LatencyCommand.Create(),
    ScalingCommand.Create(),
    PageCommand.Create(),
    MemoryCommand.Create(),
    ExpressionsCommand.Create(),
    GrowthCommand.Create(),
    CheckpointsCommand.Create(),
};
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction(parsed =>
{
    BenchmarkSwitcher.FromAssembly(typeof(RatiosCommand).Assembly).Run([.. parsed.UnmatchedTokens]);
    return 0;
});
return root.Parse(args).Invoke();
