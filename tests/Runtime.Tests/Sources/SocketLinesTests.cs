namespace CodegenStreaming.Tests.Sources;

public sealed class SocketLinesTests
{
    private const int Closed = 2013;
    private const int Connected = 2010;
    private const int ConnectFailed = 2011;
    private const int Lost = 2012;
    private const int TooLong = 2015;
    private const int Incomplete = 2016;

    [Fact]
    public async Task FiveLines_AreFiveRecordsInOrder()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync("a\nb\r\nc\n\ne\n");

        Assert.Equal(["a", "b", "c", "", "e"], await run.TakeAsync(5));
    }

    [Fact]
    public async Task LineInTwoPackets_IsOneRecord()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync("first\nsec");
        Assert.Equal(["first"], await run.TakeAsync(1));
        await connection.SendAsync("ond\nthird\nfou");

        Assert.Equal(["second", "third"], await run.TakeAsync(2));
    }

    [Fact]
    public async Task CharacterInTwoPackets_IsWhole()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync(new byte[] { (byte)'a', (byte)'\n', 0xC3 });
        Assert.Equal(["a"], await run.TakeAsync(1));
        await connection.SendAsync(new byte[] { 0xA4, (byte)'\n' });

        Assert.Equal(["ä"], await run.TakeAsync(1));
    }

    [Fact]
    public async Task LastLineWithoutLineEnd_IsARecord_WhenTheServerCloses()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        using (var connection = await server.AcceptAsync())
        {
            await connection.SendAsync("one\ntwo");
        }

        Assert.Equal(["one", "two"], await run.TakeAsync(2));
    }

    [Fact]
    public async Task BrokenConnection_LosesTheLineThatItCut()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        var connection = await server.AcceptAsync();
        await connection.SendAsync("one\nhal");
        Assert.Equal(["one"], await run.TakeAsync(1));

        connection.Reset();

        await Eventually.True(() => run.Log.Count(Lost) == 1, "the broken connection");
        Assert.Empty(await run.StopAsync());
    }

    [Fact]
    public async Task LineBeyondTheLimit_IsSkippedAndWarnedAboutOnce()
    {
        using var server = new TextServer();
        await using var run = Text(server, new SocketStreamOptions { MaxRecordLength = 10 }).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync($"short\n{new string('x', 200_000)}\n0123456789\n{new string('y', 11)}\nend\n");

        Assert.Equal(["short", "0123456789", "end"], await run.TakeAsync(3));
        await Eventually.True(() => run.Log.Count(TooLong) > 0, "the warning");
        var warning = Assert.Single(run.Log.Warnings);
        Assert.Equal(TooLong, warning.Id);
        Assert.Contains("Socket stream [0]", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MalformedUtf8_BecomesReplacementCharacters_InStrings()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync(new byte[] { (byte)'a', 0xFF, (byte)'b', (byte)'\n' });

        Assert.Equal(["a\uFFFDb"], await run.TakeAsync(1));
    }

    [Fact]
    public async Task MalformedUtf8_StaysAsItIs_InSlices()
    {
        using var server = new TextServer();
        await using var run = Utf8(server).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync(new byte[] { (byte)'a', 0xFF, (byte)'b', (byte)'\n' });

        await Eventually.True(() => run.Input.HasPending, "the line");
        using var batch = run.Allocate();
        var line = Assert.Single(batch.Blocks[0].Read());
        Assert.Equal([(byte)'a', 0xFF, (byte)'b'], line.ToArray());
    }

    [Fact]
    public async Task Utf8Lines_AreTheSameAsStrings()
    {
        using var server = new TextServer();
        await using var run = Utf8(server).Start();
        using (var connection = await server.AcceptAsync())
        {
            await connection.SendAsync("a\nbä\r\n\nlast");
        }

        Assert.Equal(["a", "bä", "", "last"], await run.TakeAsync(4));
    }

    [Fact]
    public async Task ClosedConnection_IsOpenedAgain_AfterTheDelay()
    {
        using var server = new TextServer();
        await using var run = Text(server).Start();
        (await server.AcceptAsync()).Dispose();
        await Eventually.True(() => run.Log.Count(Closed) == 1, "the end of the connection");

        run.Time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(server.HasCaller);
        await Eventually.True(() => server.HasCaller, "the next connection", () => run.Time.Advance(TimeSpan.FromMilliseconds(100)));

        using var connection = await server.AcceptAsync();
        await connection.SendAsync("again\n");
        Assert.Equal(["again"], await run.TakeAsync(1));
    }

    [Fact]
    public async Task TenConnections_LoseNothing()
    {
        using var server = new TextServer();
        await using var run = Utf8(server, new SocketStreamOptions { RestartDelay = TimeSpan.Zero }).Start();
        var expected = new List<string?>();
        for (var number = 0; number < 10; number++)
        {
            using var connection = await server.AcceptAsync();
            var lines = Enumerable.Range(0, 1000).Select(line => $"{number}:{line}").ToArray();
            expected.AddRange(lines);
            await connection.SendAsync(string.Join('\n', lines)); // The last one has no line end.
        }

        Assert.Equal(expected, await run.TakeAsync(expected.Count));
    }

    [Fact]
    public async Task NobodyListening_IsAOneLineWarning_AndTriedAgain()
    {
        int port;
        using (var server = new TextServer())
        {
            port = server.Port;
        }

        await using var run = new InputRun<string>(context => context.SocketTextStream(TextServer.Host, port)).Start();
        await Eventually.True(() => run.Log.Count(ConnectFailed) >= 3, "three attempts", () => run.Time.Advance(TimeSpan.FromSeconds(1)));

        var warning = run.Log.Warnings.First();
        Assert.Null(warning.Exception);
        Assert.DoesNotContain('\n', warning.Message);
        Assert.Contains($"127.0.0.1:{port}", warning.Message, StringComparison.Ordinal);
        Assert.All(run.Log.Warnings, record => Assert.Equal(ConnectFailed, record.Id));
    }

    [Fact]
    public async Task GracefulStop_HandsOverWhatTheMachineHasReceived()
    {
        using var server = new TextServer();
        await using var run = Utf8(server).Start();
        using var connection = await server.AcceptAsync();
        await connection.SendAsync(string.Concat(Enumerable.Range(0, 1000).Select(line => $"{line}\n")) + "cut");
        await Eventually.True(() => run.Log.Count(Connected) == 1, "the connection");

        var rest = await run.StopAsync();

        Assert.Equal(Enumerable.Range(0, 1000).Select(line => $"{line}"), rest);
        Assert.Equal(1, run.Log.Count(Incomplete));
        Assert.False(run.Input.HasPending);
    }

    [Fact]
    public async Task GracefulStop_Ends_ThoughTheServerSendsWithoutEnd()
    {
        using var server = new TextServer();
        await using var run = Utf8(server).Start();
        using var connection = await server.AcceptAsync();
        var sending = SendForeverAsync();
        await Eventually.True(() => run.Input.HasPending, "the first lines");

        Assert.NotEmpty(await run.StopAsync());

        await Assert.ThrowsAsync<IOException>(() => sending); // The connection was closed under it.

        async Task SendForeverAsync()
        {
            var lines = string.Concat(Enumerable.Repeat("line\n", 10_000));
            while (true)
            {
                await connection.SendAsync(lines);
            }
        }
    }

    [Fact]
    public async Task Stop_TwiceAndBeforeTheStart_IsHarmless()
    {
        using var server = new TextServer();
        await using var run = Text(server);
        await run.Input.StopAsync(graceful: true);
        await run.Input.StopAsync(graceful: false);
        Assert.False(run.Input.HasPending);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("host", 0)]
    [InlineData("host", 65536)]
    public void Endpoint_IsChecked(string host, int port) =>
        Assert.ThrowsAny<ArgumentException>(() => new StreamingContext(new StreamingOptions()).SocketTextStream(host, port));

    private static InputRun<string> Text(TextServer server, SocketStreamOptions? options = null) =>
        new(context => context.SocketTextStream(TextServer.Host, server.Port, options));

    private static InputRun<Utf8Slice> Utf8(TextServer server, SocketStreamOptions? options = null) =>
        new(context => context.SocketUtf8Stream(TextServer.Host, server.Port, options));
}
