using System.Reflection;
using System.Text.RegularExpressions;
using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Upgrades;

/// <summary>
/// Old programs and new ones over the old one's checkpoints: the right state or a refusal, never the state of another. Whatever is refused leaves the checkpoint to the
/// old program, and says how to go on.
/// </summary>
public sealed partial class UpgradeMatrixTests
{
    private static readonly Lazy<Assembly> OldPrograms = new(() => Compile(static upgrade => upgrade.Old));
    private static readonly Lazy<Assembly> NewPrograms = new(() => Compile(static upgrade => upgrade.New));

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var upgrade in UpgradeCases.All)
            {
                data.Add(upgrade.Name, true);
                if (!upgrade.OnlyGraceful)
                {
                    data.Add(upgrade.Name, false);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task NewProgram_GoesOnWithItsState_OrIsRefused(string name, bool isGraceful)
    {
        var upgrade = UpgradeCases.All.Single(upgrade => upgrade.Name == name);
        using var run = await BeginAsync(upgrade, isGraceful);
        if (upgrade.Expected is { } expected)
        {
            run.Feed("a 100", "c 5");
            Assert.Equal(expected, await run.RunAsync(NewPrograms.Value, upgrade.Namespace, 3, change: options => SetNew(upgrade, options)));
            return;
        }

        var refusal = await Assert.ThrowsAsync<IncompatibleStateException>(() => run.RunAsync(NewPrograms.Value, upgrade.Namespace, 3, change: options => SetNew(upgrade, options)));
        Assert.All(upgrade.Refused!, fragment => Assert.Contains(fragment, refusal.Message, StringComparison.Ordinal));
        using var undisturbed = await BeginAsync(upgrade, isGraceful);
        Assert.Equal(await GoOnAsync(undisturbed, upgrade), await GoOnAsync(run, upgrade));
        if (!upgrade.HasNoDiscard)
        {
            await DiscardAsync(run, upgrade);
        }
    }

    [Fact]
    public void Matrix_IsAsLargeAsItSays() => Assert.InRange(UpgradeCases.All.Count, 60, 200);

    private static async Task<UpgradeRun> BeginAsync(UpgradeCase upgrade, bool isGraceful)
    {
        var run = new UpgradeRun();
        run.Feed("a 1", "b 2");
        await run.RunAsync(OldPrograms.Value, upgrade.Namespace, 1, change: options => SetOld(upgrade, options));
        run.Feed("a 10");
        await run.RunAsync(OldPrograms.Value, upgrade.Namespace, 3, isGraceful, options => SetOld(upgrade, options));
        return run;
    }

    private static async Task<IReadOnlyList<string>> GoOnAsync(UpgradeRun run, UpgradeCase upgrade)
    {
        run.Feed("a 100", "c 5");
        var results = await run.RunAsync(OldPrograms.Value, upgrade.Namespace, 2, change: options => SetOld(upgrade, options));
        Assert.NotEmpty(results);
        return results;
    }

    /// <summary>What the message says of DiscardedStates leads out, and does no harm where it stays in the settings.</summary>
    private static async Task DiscardAsync(UpgradeRun run, UpgradeCase upgrade)
    {
        var discarded = new List<string>();
        void Set(StreamingOptions options)
        {
            SetNew(upgrade, options);
            options.DiscardedStates = discarded;
        }

        run.Feed("d 7");
        while (true)
        {
            try
            {
                await run.RunAsync(NewPrograms.Value, upgrade.Namespace, 2, change: Set);
                break;
            }
            catch (IncompatibleStateException exception)
            {
                var label = Discarded().Match(exception.Message).Groups[1].Value;
                Assert.True(label.Length > 0 && !discarded.Contains(label), exception.Message);
                discarded.Add(label);
            }
        }

        Assert.NotEmpty(discarded);
        var before = await run.RunAsync(NewPrograms.Value, upgrade.Namespace, 2 * upgrade.NewBatchSeconds, change: Set);
        var after = await run.RunAsync(NewPrograms.Value, upgrade.Namespace, 2 * upgrade.NewBatchSeconds, change: Set);
        Assert.Equal(before, after);
        Assert.NotEmpty(after);
    }

    private static void SetOld(UpgradeCase upgrade, StreamingOptions options) =>
        (options.DefaultParallelism, options.UseGeneratedLoops) = (upgrade.OldParallelism, upgrade.OldLoops);

    private static void SetNew(UpgradeCase upgrade, StreamingOptions options)
    {
        (options.DefaultParallelism, options.UseGeneratedLoops) = (upgrade.NewParallelism, upgrade.NewLoops);
        options.BatchInterval = TimeSpan.FromSeconds(upgrade.NewBatchSeconds);
        options.DiscardedStates = upgrade.Discarded;
    }

    private static Assembly Compile(Func<UpgradeCase, string> text) => ProgramCompiler.Compile(
        [.. UpgradeCases.All.Select(upgrade => ($"{upgrade.Name}.cs", $"namespace {upgrade.Namespace};\n{text(upgrade)}"))]).Assembly;

    [GeneratedRegex("DiscardedStates = \\[\"([^\"]*)\"\\]")]
    private static partial Regex Discarded();
}
