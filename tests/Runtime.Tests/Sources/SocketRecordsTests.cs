using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace CodegenStreaming.Tests.Sources;

public sealed class SocketRecordsTests
{
    private const int Closed = 2013;
    private const int ConverterFailed = 2014;

    [Fact]
    public async Task Converter_MakesRecordsOfPiecesOfBytes()
    {
        using var server = new TextServer();
        await using var run = Numbers(server).Start();
        using var connection = await server.AcceptAsync();

        await connection.SendAsync(new byte[] { 1, 0, 0, 0, 2, 0 });
        Assert.Equal(["1"], await run.TakeAsync(1));
        await connection.SendAsync(new byte[] { 0, 0, 3, 0, 0, 0 });

        Assert.Equal(["2", "3"], await run.TakeAsync(2));
    }

    [Fact]
    public async Task Converter_IsCalledForEachConnection()
    {
        using var server = new TextServer();
        await using var run = Numbers(server).Start();
        using (var first = await server.AcceptAsync())
        {
            await first.SendAsync(new byte[] { 1, 0, 0, 0, 9, 9 }); // The rest is no record.
        }

        await Eventually.True(() => run.Log.Count(Closed) == 1, "the end of the connection");
        await Eventually.True(() => server.HasCaller, "the next connection", () => run.Time.Advance(TimeSpan.FromSeconds(1)));
        using var second = await server.AcceptAsync();
        await second.SendAsync(new byte[] { 2, 0, 0, 0 });

        Assert.Equal(["1", "2"], await run.TakeAsync(2));
    }

    [Fact]
    public async Task ConverterThatFails_IsLogged_AndTheConnectionOpenedAgain()
    {
        using var server = new TextServer();
        await using var run = Numbers(server).Start();
        using var first = await server.AcceptAsync();
        await first.SendAsync(new byte[] { 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF });
        await Eventually.True(() => run.Log.Count(ConverterFailed) == 1, "the failure");

        await Eventually.True(() => server.HasCaller, "the next connection", () => run.Time.Advance(TimeSpan.FromSeconds(1)));
        using var second = await server.AcceptAsync();
        await second.SendAsync(new byte[] { 2, 0, 0, 0 });

        Assert.Equal(["1", "2"], await run.TakeAsync(2));
        Assert.IsType<InvalidDataException>(run.Log.Warnings.First().Exception);
    }

    [Fact]
    public async Task GracefulStop_LetsTheConverterReadWhatIsThere()
    {
        using var server = new TextServer();
        await using var run = Numbers(server).Start();
        using var connection = await server.AcceptAsync();
        await connection.SendAsync(new byte[] { 1, 0, 0, 0 });
        Assert.Equal(["1"], await run.TakeAsync(1));

        await connection.SendAsync(new byte[] { 2, 0, 0, 0, 3, 0, 0, 0 });

        Assert.Equal(["2", "3"], await run.StopAsync());
    }

    private static InputRun<int> Numbers(TextServer server) =>
        new(context => context.SocketStream(TextServer.Host, server.Port, ReadNumbersAsync));

    private static async IAsyncEnumerable<int> ReadNumbersAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellation);
            var buffer = result.Buffer;
            while (TryReadNumber(ref buffer, out var number))
            {
                yield return number >= 0 ? number : throw new InvalidDataException("negative");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static bool TryReadNumber(ref ReadOnlySequence<byte> buffer, out int number)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryReadLittleEndian(out number);
        buffer = buffer.Slice(reader.Position);
        return found;
    }
}
