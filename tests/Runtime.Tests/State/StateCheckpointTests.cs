using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Tests.State;

/// <summary>States as files of a checkpoint: a base and what has changed since, put together again in another table.</summary>
public sealed class StateCheckpointTests
{
    private readonly BlockPool _pool = new();

    [Fact]
    public void Statement112_BaseAndChanges_MakeTheSameState_OfNumbers() => Randomly.Test(8, random =>
        Check<long, NumberImage, TimedState<string>, PlainStateKeys<long>, TimedState<string>>(
            random, new PlainStateKeys<long>(), number => number * 7919, (text, time) => new TimedState<string>(text, time)));

    [Fact]
    public void BaseAndChanges_MakeTheSameState_OfStrings() => Randomly.Test(4, random =>
        Check<string, HashImage, string, StringStateKeys<string>, WholeState<string>>(
            random, new StringStateKeys<string>(), number => $"key {number}", (text, _) => text));

    [Fact]
    public void BaseAndChanges_MakeTheSameState_OfText() => Randomly.Test(4, random =>
        Check<Utf8Slice, Utf8Image, string, TextStateKeys<Utf8Slice>, WholeState<string>>(
            random, new TextStateKeys<Utf8Slice>(), number => Utf8Slice.Copy($"a rather long key, longer than an image holds: {number}"), (text, _) => text));

    [Fact]
    public void StateWithoutKeys_HasNoFile()
    {
        var table = new StateTable<long, NumberImage, string, PlainStateKeys<long>>(default);
        using var snapshot = table.TakeSnapshot();
        StateCheckpoint.WriteAll<long, NumberImage, string, string, WholeState<string>>(
            snapshot, BuiltInCodecs.Find<long>()!, BuiltInCodecs.Find<string>()!, _pool, _ => Assert.Fail("There is nothing to write."));
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void LargeState_HasSeveralFiles()
    {
        var files = new List<byte[]>();
        using (var writer = new StateFileWriter<long, string>(BuiltInCodecs.Find<long>()!, BuiltInCodecs.Find<string>()!, hasTimes: true, _pool, files.Add))
        {
            for (var key = 0; key < 20_000; key++)
            {
                writer.Set(key, new string('x', 1000), key);
            }

            writer.Complete();
        }

        Assert.InRange(files.Count, 2, 4);
        var read = Read<long, string>(files);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(key => (key.ToString(System.Globalization.CultureInfo.InvariantCulture), 1000, (long?)key)), read.Select(entry => (entry.Key, entry.State!.Length, entry.Time)));
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void StatesWrittenAsInt32_AreReadAsInt64_AndOthersAreRefused()
    {
        var files = new List<byte[]>();
        using (var writer = new StateFileWriter<string, int>(BuiltInCodecs.Find<string>()!, BuiltInCodecs.Find<int>()!, hasTimes: false, _pool, files.Add))
        {
            writer.Set("a", 5, 0);
            writer.Remove("b");
            writer.Complete();
        }

        Assert.Equal([("a", 5L, null), ("b", 0L, null)], Read<string, long>(files));
        var refusal = Assert.Throws<IncompatibleSchemaException>(() => Read<string, Guid>(files));
        Assert.Contains("file 0", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A hundred thousand damaged files, half of them with a checksum that fits.</summary>
    [Fact]
    public void DamagedFile_GivesEntries_OrIsRefused()
    {
        const int Cases = 100_000;
        var random = new Random(Environment.TickCount);
        var files = new List<byte[]>();
        using (var writer = new StateFileWriter<string, long[]>(BuiltInCodecs.Find<string>()!, BuiltInCodecs.Find<long[]>()!, hasTimes: true, _pool, files.Add))
        {
            writer.Remove("gone");
            for (var key = 0; key < 8; key++)
            {
                writer.Set($"key {key}", new long[key], key);
            }

            writer.Complete();
        }

        var content = SealedFile.Open(FileKind.State, files[0], "f").ToArray();
        var reader = new StateFileReader<string, long[]>(BuiltInCodecs.Find<string>()!, BuiltInCodecs.Find<long[]>()!, _pool);
        var refused = 0;
        for (var number = 0; number < Cases; number++)
        {
            byte[] damaged = number % 2 == 0 ? [.. files[0]] : [.. content];
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                reader.Read(number % 2 == 0 ? damaged : SealedFile.Seal(FileKind.State, damaged), "f", new Entries<string, long[]>());
            }
            catch (Exception exception) when (exception is CorruptRecordException or IncompatibleSchemaException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Cases / 2, Cases - 1);
        Assert.Equal(0, _pool.Outstanding);
    }

    private void Check<TKey, TImage, TStored, TKeys, TStorage>(Random random, TKeys keys, Func<int, TKey> keyOf, Func<string, long, TStored> store)
        where TKey : notnull
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
        where TStorage : struct, IStoredState<TStored, string>
    {
        var table = new StateTable<TKey, TImage, TStored, TKeys>(keys);
        var (keyCodec, stateCodec) = (BuiltInCodecs.Find<TKey>()!, BuiltInCodecs.Find<string>()!);
        var files = new List<byte[]>();
        var distinct = random.Next(1, 9000);
        for (var batch = 0; batch < 25; batch++)
        {
            table.Begin();
            for (var change = random.Next(3000); change > 0; change--)
            {
                var key = keyOf(random.Next(distinct));
                if (random.Next(3) == 0)
                {
                    var entry = table.Find(key);
                    entry.Remove();
                }
                else if (table.NumberOf(key, table.ImageOf(key)) is >= 0 and var number && random.Next(2) == 0)
                {
                    table.Replace(number, store($"replaced {batch} {change}", batch));
                }
                else
                {
                    table.Set(key, store($"{batch} {change}", batch));
                }
            }

            if (random.Next(4) == 0)
            {
                table.Rollback();
                continue;
            }

            table.Commit();
            if (random.Next(3) == 0)
            {
                continue; // Not every batch has a checkpoint.
            }

            using var snapshot = table.TakeSnapshot();
            if (files.Count == 0 || random.Next(5) == 0)
            {
                files.Clear();
                StateCheckpoint.WriteAll<TKey, TImage, TStored, string, TStorage>(snapshot, keyCodec, stateCodec, _pool, files.Add);
            }
            else
            {
                StateCheckpoint.WriteChanges<TKey, TImage, TStored, string, TStorage>(snapshot, keyCodec, stateCodec, _pool, files.Add);
            }

            var restored = new StateTable<TKey, TImage, TStored, TKeys>(keys);
            restored.Begin();
            var reader = new StateFileReader<TKey, string>(keyCodec, stateCodec, _pool);
            var target = new StateCheckpoint.Target<TKey, TImage, TStored, string, TKeys, TStorage>(restored, time: -1);
            files.ForEach(file => reader.Read(file, "f", target));
            restored.Commit();
            Assert.Equal(All(table), All(restored));
        }

        Assert.Equal(0, _pool.Outstanding);
    }

    private static List<(string Key, TStored Value)> All<TKey, TImage, TStored, TKeys>(StateTable<TKey, TImage, TStored, TKeys> table)
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
    {
        var entries = new List<(string, TStored)>();
        foreach (var (key, value) in table)
        {
            entries.Add((key!.ToString()!, value));
        }

        return entries;
    }

    private List<(string Key, TState? State, long? Time)> Read<TKey, TState>(List<byte[]> files)
    {
        var reader = new StateFileReader<TKey, TState>(BuiltInCodecs.Find<TKey>()!, BuiltInCodecs.Find<TState>()!, _pool);
        var entries = new Entries<TKey, TState>();
        for (var file = 0; file < files.Count; file++)
        {
            reader.Read(files[file], $"file {file}", entries);
        }

        return entries.All;
    }

    private sealed class Entries<TKey, TState> : IStateFileTarget<TKey, TState>
    {
        public List<(string Key, TState? State, long? Time)> All { get; } = [];

        public void Remove(TKey key) => All.Add((key!.ToString()!, default, null));

        public void Set(TKey key, TState state, long? time) => All.Add((key!.ToString()!, state, time));
    }
}
