using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Vectors;

/// <summary>Vectorised loops give what the operators give one by one, to the last bit, whatever vectors the machine has.</summary>
public sealed partial class VectorisedLoopTests(ITestOutputHelper output)
{
    private const int Chains = 40;

    /// <summary>Names the width that a child process is to have.</summary>
    private const string Width = "VECTOR_WIDTH";

    private static readonly int FirstSeed = int.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED"), out var seed) ? seed : 1;

    /// <summary>A child process makes do with one.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(FirstSeed, Environment.GetEnvironmentVariable(Width) is null ? 3 : 1)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FusedIsUnfused_OverRandomNumericChains(int seed)
    {
        var program = NumericProgram.Write(seed, Chains);
        var compiled = ProgramCompiler.Compile(program.Text);
        var batches = NumericBatches.Create(seed, compiled.Assembly);
        var fused = PipelineRunner.Run(log => compiled.Create("Numeric", log), batches, new RunSettings(UseLoops: true));
        var unfused = PipelineRunner.Run(log => compiled.Create("Numeric", log), batches, new RunSettings(UseLoops: false));

        Assert.Equal(Chains * batches.Count, fused.Lines.Count);
        foreach (var (mine, specified) in fused.Lines.Zip(unfused.Lines))
        {
            if (mine != specified)
            {
                var chain = Regex.Match(mine, @"^\d+ (\d+):").Groups[1].Value;
                var source = program.Text.Split('\n').First(line => line.Contains($"log.Add(\"{chain}\"", StringComparison.Ordinal));
                var at = mine.Zip(specified).TakeWhile(pair => pair.First == pair.Second).Count();
                Assert.Fail($"Seed {seed}, {VectorWidth()} bits: a chain differs.\n{source.Trim()}\nfused   …{Around(mine, at)}\nunfused …{Around(specified, at)}");
            }
        }

        Assert.Equal(0, fused.ArraysOutstanding);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void MostRandomNumericChains_AreVectorised(int seed)
    {
        var text = string.Join('\n', GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", NumericProgram.Write(seed, Chains).Text)])).Sources.Select(source => source.Text));
        var vectorised = Regex.Count(text, @"override bool TryRunVector");
        output.WriteLine($"{vectorised} of {Chains}");

        Assert.True(vectorised >= Chains * 0.8, $"Seed {seed}: {vectorised} of {Chains} chains have a vectorised form.");
    }

    /// <summary>The same tests in processes that are told to do without wider vectors.</summary>
    [Theory]
    [InlineData(256, "DOTNET_PreferredVectorBitWidth=256")]
    [InlineData(256, "DOTNET_EnableAVX512=0")]
    [InlineData(128, "DOTNET_EnableAVX2=0")]
    [InlineData(0, "DOTNET_EnableHWIntrinsic=0")]
    public async Task FusedIsUnfused_WithNarrowerVectors(int width, string setting)
    {
        if (VectorWidth() < Math.Max(width, 128) || Environment.GetEnvironmentVariable(Width) is not null)
        {
            return; // A machine without such vectors has run the tests with what it has.
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-class", typeof(VectorisedLoopTests).FullName!, "-noLogo", "-noColor"])
        {
            RedirectStandardOutput = true,
            Environment = { [Width] = width.ToString(System.Globalization.CultureInfo.InvariantCulture), [setting.Split('=')[0]] = setting.Split('=')[1] },
        };
        using var child = Process.Start(start)!;
        var text = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, text);
        Assert.Contains("Failed: 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheProcess_HasTheVectorsItWasTold()
    {
        if (Environment.GetEnvironmentVariable(Width) is { } told)
        {
            Assert.Equal(told, VectorWidth().ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Contains(VectorWidth(), new[] { 0, 128, 256, 512 });
    }

    private static int VectorWidth() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    private static string Around(string line, int at) => line.Substring(Math.Max(0, at - 30), Math.Min(120, line.Length - Math.Max(0, at - 30)));
}
