using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Execution;

/// <summary>Encoded partitions are read as they were written, in whatever form they lie.</summary>
public sealed class StoredFormTests : IDisposable
{
    private readonly BlockPool _pool = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Theory]
    [InlineData("heap")]
    [InlineData("native")]
    [InlineData("file")]
    public void RandomRecords_AreReadAsTheyWereWritten(string form)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(4) == 0 ? random.Next(3) : random.Next(40_000);
            Check(form, seed, Records(count, () => (random.NextInt64(), (byte)random.Next(256))));
            Check(form, seed, Records(count, () => (byte)random.Next(256)));
            Check(form, seed, Records(count, () => (random.NextDouble(), Guid.NewGuid(), (short)random.Next(), decimal.One)));
            Check(form, seed, Records(count, () => default(Nothing)));
            Check(form, seed, Records(count, () => random.Next(20) == 0 ? null! : new string('x', random.Next(30))));
        }
    }

    [Fact]
    public void Folder_IsRemoved_AndSoIsThatOfADeadProcess()
    {
        var dead = _folder["0123456789"];
        Directory.CreateDirectory(dead);
        File.WriteAllText(Path.Combine(dead, "1.partition"), "left");
        File.WriteAllText(dead + ".in-use", "");
        using (var first = new LocalDirectory(_folder.Root))
        {
            File.WriteAllText(first.NewFile(".partition"), "first");
            Assert.False(Directory.Exists(dead));
            using var second = new LocalDirectory(_folder.Root);
            File.WriteAllText(second.NewFile(".partition"), "second");
            Assert.True(Directory.Exists(first.Folder));
            Assert.Equal(2, Directory.GetDirectories(_folder.Root).Length);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    private static T[] Records<T>(int count, Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    private void Check<T>(string form, int seed, T[] records)
    {
        var encoding = BlockEncoding<T>.Of(null, new CodecRegistry(), null, null);
        using EncodedChunks chunks = form switch
        {
            "heap" => new HeapChunks(),
            "native" => new NativeChunks(),
            _ => new FileChunks(_folder[$"{Guid.NewGuid()}"]),
        };
        chunks.Write(new ArrayBlock<T>(records, records.Length, pool: null), encoding, _pool);
        for (var time = 0; time < 2; time++)
        {
            var read = chunks.Decode(encoding, _pool);
            Assert.True(records.AsSpan().SequenceEqual(read.Records), $"Seed {seed}, {typeof(T)}");
            read.Release();
        }

        using var copy = new HeapChunks();
        copy.CopyFrom(chunks, _pool);
        Assert.Equal((records.Length, chunks.Length), (copy.Records, copy.Length));
    }

    private readonly record struct Nothing;
}
