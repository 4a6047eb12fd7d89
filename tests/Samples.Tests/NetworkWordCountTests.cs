using System.Net;
using System.Net.Sockets;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The README's first command, in real time, as a process.</summary>
public sealed class NetworkWordCountTests
{
    private static readonly Dictionary<string, int> Expected = new()
    {
        ["to"] = 2,
        ["be"] = 2,
        ["or"] = 1,
        ["not"] = 1,
        ["that"] = 1,
        ["is"] = 1,
        ["the"] = 1,
        ["question"] = 1,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PrintsTwoBatchesOfItsOwnServerAndEnds_WithNothingButABatchLimit(bool utf8)
    {
        using var sample = utf8 ? SampleProcess.Start("--batches", "2", "--utf8") : SampleProcess.Start("--batches", "2");

        Assert.Equal(0, await sample.WaitForExitAsync());

        var printed = PrintedBatches.Read(sample.Output);
        Assert.True(printed.Count >= 2, sample.Output);
        Assert.Equal(1000, printed.Times[1] - printed.Times[0]);
        Assert.Contains("In generated loops: FlatMap, Map, ReduceByKey.", sample.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CountsTheWordsThatAServerSends_InStringsAndInUtf8(bool utf8)
    {
        using var server = new TextServer();
        using var sample = utf8 ? SampleProcess.Start("127.0.0.1", server.Port, "--utf8") : SampleProcess.Start("127.0.0.1", server.Port);

        await server.SendAsync("to be or not to be\nthat is the question\n");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Totals.Values.Sum() == 10);
        await server.SendAsync("größer 水\n");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Totals.Values.Sum() == 12);
        sample.Signal("INT");

        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.Equal(new Dictionary<string, int>(Expected) { ["größer"] = 1, ["水"] = 1 }, PrintedBatches.Read(sample.Output).Totals);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task CountsWhatItHasReceivedBeforeItEnds_AfterASignal(string signal)
    {
        using var server = new TextServer();
        using var sample = SampleProcess.Start("127.0.0.1", server.Port);
        await server.SendAsync("first\n");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Totals.ContainsKey("first"));

        // On loopback what was sent lies in the receiver's socket, and a graceful stop reads that until it is empty.
        await server.SendAsync(string.Concat(Enumerable.Repeat("word\n", 1000)));
        sample.Signal(signal);

        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.Equal(1000, PrintedBatches.Read(sample.Output).Totals["word"]);
        Assert.Contains("1001 lines in", sample.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsThatNobodyListensAndTriesAgain_UntilSomebodyDoes()
    {
        var port = FreePort();
        using var sample = SampleProcess.Start("127.0.0.1", port);
        await sample.WaitForErrorAsync($"cannot connect to 127.0.0.1:{port}");

        using var server = new TextServer(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
        await server.SendAsync("better late\n");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Totals.ContainsKey("late"));
        sample.Signal("TERM");

        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.DoesNotContain("   at ", sample.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainsItself_OnHelp()
    {
        using var sample = SampleProcess.Start("--help");

        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.All(["HOST", "PORT", "--rate", "--batches", "--utf8", "Ctrl+C"], word => Assert.Contains(word, sample.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost", "99999")]
    [InlineData("localhost", "9999", "--batches", "0")]
    [InlineData("--rate", "0")]
    public async Task RefusesArgumentsThatMakeNoSense_WithoutStarting(params string[] arguments)
    {
        using var sample = SampleProcess.Start(arguments);

        Assert.Equal(1, await sample.WaitForExitAsync());
        Assert.NotEmpty(sample.Error);
        Assert.DoesNotContain("Time:", sample.Output, StringComparison.Ordinal);
    }

    /// <summary>A port on which nobody listens.</summary>
    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
