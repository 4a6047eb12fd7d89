using System.IO.Hashing;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.CheckpointTool.Tests;

public sealed class SavedTableTests
{
    private readonly BlockPool _pool = new();
    private readonly Dictionary<CheckpointFile, byte[]> _files = [];

    [Fact]
    public void Chain_IsWhatAModelSays_AlsoWhereKeysAndStatesHaveBecomeWider() => Randomly.Test(200, random =>
    {
        _files.Clear();
        var model = new Dictionary<long, long>();
        var whole = Write<int, short, Int32Codec, Int16Codec>(writer =>
        {
            for (var key = 0; key < random.Next(5000); key++)
            {
                model[key] = key % 100;
                writer.Set(key, (short)(key % 100), 1);
            }
        });
        List<CheckpointFile> changes = [];
        for (var count = random.Next(4); count > 0; count--)
        {
            var (removed, set) = (new HashSet<int>(), new HashSet<int>());
            for (var change = random.Next(60); change > 0; change--)
            {
                (random.Next(2) == 0 ? removed : set).Add(random.Next(80));
            }

            changes.AddRange(Write<long, long, Int64Codec, Int64Codec>(writer =>
            {
                foreach (var key in removed)
                {
                    model.Remove(key);
                    writer.Remove(key);
                }

                foreach (var key in set)
                {
                    model[key] = random.NextInt64();
                    writer.Set(key, model[key], 2);
                }
            }));
        }

        var table = new SavedTable(whole, changes);
        var schemas = new SavedSchemas(Int64Codec.Schema, Int64Codec.Schema, _pool);
        var read = new Dictionary<long, long>();
        table.Read(schemas, file => _files[file], (key, state, time) =>
        {
            read.Add(BitConverter.ToInt64(key), BitConverter.ToInt64(state));
            Assert.InRange(Assert.NotNull(time), 1, 2);
            return true;
        });
        Assert.Equal(model.OrderBy(pair => pair.Key), read.OrderBy(pair => pair.Key));
        Assert.Equal(model.Count, table.Count(schemas, file => _files[file]));

        var first = 0;
        table.Read(schemas, file => _files[file], (_, _, _) => ++first < 3);
        Assert.Equal(Math.Min(3, model.Count), first);
    });

    [Fact]
    public void FilesOfOtherStates_AreRefused()
    {
        var table = new SavedTable(Write<string, long, StringCodec, Int64Codec>(writer => writer.Set("a", 1, 1)), []);
        Assert.Throws<IncompatibleSchemaException>(() => table.Read(new SavedSchemas(Int64Codec.Schema, Int64Codec.Schema, _pool), file => _files[file], (_, _, _) => true));
    }

    [Fact]
    public void MutatedFiles_WhoseChecksumFits_GiveEntriesOrTheExceptionOfDamage()
    {
        CheckpointFile[] files = [.. Write<string, string[], StringCodec, ArrayCodec<string, StringCodec>>(writer =>
        {
            writer.Remove("gone");
            for (var key = 0; key < 20; key++)
            {
                writer.Set($"key {key}", ["a", null!, $"{key}"], key);
            }
        })];
        var file = Assert.Single(files);
        var content = SealedFile.Open(FileKind.State, _files[file], file.Name).ToArray();
        var schemas = new SavedSchemas(StringCodec.Schema, RecordSchema.List(StringCodec.Schema), _pool);
        var (whole, refused) = (0, 0);
        Randomly.Test(20_000, random =>
        {
            var damaged = SealedFile.Seal(FileKind.State, ValueTextTests.Mutate(content, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var text = new ValueText(50);
                new SavedTable([file], [file]).Read(schemas, _ => damaged, (key, state, _) =>
                {
                    var keys = new RecordReader(key);
                    var states = new RecordReader(state);
                    text.Read(ref keys, schemas.Keys);
                    text.Read(ref states, schemas.States);
                    return true;
                });
                whole++;
            }
            catch (Exception exception) when (exception is CorruptRecordException or IncompatibleSchemaException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 * 1024);
        });
        Assert.True(whole > 100 && refused > 100, $"{whole} whole, {refused} refused");
    }

    private List<CheckpointFile> Write<TKey, TState, TKeyCodec, TStateCodec>(Action<StateFileWriter<TKey, TState>> fill)
        where TKeyCodec : struct, ICodec<TKey>
        where TStateCodec : struct, ICodec<TState>
    {
        var files = new List<CheckpointFile>();
        using var writer = new StateFileWriter<TKey, TState>(RecordCodec.Of<TKey, TKeyCodec>(), RecordCodec.Of<TState, TStateCodec>(), hasTimes: true, _pool, bytes =>
        {
            var file = new CheckpointFile($"file {_files.Count}", bytes.Length, Crc32.HashToUInt32(bytes));
            _files.Add(file, bytes);
            files.Add(file);
        });
        fill(writer);
        writer.Complete();
        return files;
    }
}
