using System.Text;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.CompilerServices;

public sealed class CombineTableTests
{
    private readonly BlockPool _pool = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Entries_EqualADictionarys_InTheOrderOfTheirAppearance_BatchAfterBatch(bool stages) => Randomly.Test(50, random =>
    {
        var table = Strings(stages);
        for (var batch = 0; batch < 4; batch++)
        {
            var keys = random.Next(1, 3000);
            var expected = new Sums<string?>();
            table.Begin(_pool);
            for (var record = 0; record < 2 * keys; record++)
            {
                var number = random.Next(keys);
                var key = number == 0 ? null : $"key{number}";
                table.Write((key, number));
                expected.Add(key, number);
            }

            table.Complete();
            Assert.Equal(expected.Entries, Take(table));
            Assert.Equal(0, table.Count);
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFirstOfEqualKeys_IsKept_WithItsCombination_WhereACombinerKeepsIt(bool stages) => Randomly.Test(30, random =>
    {
        var table = new CombineTable<string, HashImage, int, int, FirstOfTextCombiner>(default) { StagesFrom = stages ? 0 : long.MaxValue };
        var expected = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        table.Begin(_pool);
        for (var record = 0; record < 3000; record++)
        {
            var key = Randomly.Text(random, 5, "abAB");
            table.Add(key, record);
            expected.TryAdd(key, record);
        }

        table.Complete();
        (string Key, int Combined)[] entries = [.. Enumerable.Range(0, 300).Select(number => (Randomly.Text(random, 7, "abAB"), -number))];
        table.Merge(entries, [], 0);
        foreach (var (key, combined) in entries)
        {
            expected.TryAdd(key, combined);
        }

        Assert.Equal(expected.Select(entry => (entry.Key, entry.Value)), Take(table));
    });

    [Fact]
    public void ATable_OfNewKeysFirst_OfKnownOnesThen_AndOfBoth_EqualsADictionary()
    {
        const int Keys = 20_000;
        var table = Strings(stages: true);
        var expected = new Sums<string?>();
        var random = new Random(7);
        table.Begin(_pool);
        foreach (var (records, keys) in ((int, int)[])[(Keys, Keys), (3 * Keys, Keys), (3 * Keys, 4 * Keys)])
        {
            var number = 0;
            for (var record = 0; record < records; record++)
            {
                // Some are the same as the record before, whose entry is not there yet when entries are guessed.
                number = record % 5 == 0 ? number : random.Next(keys);
                table.Write(($"key{number}", record));
                expected.Add($"key{number}", record);
            }
        }

        table.Complete();
        Assert.Equal(expected.Entries, Take(table));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MergedEntries_EqualADictionarys_ForOnePartitionAndForAll(bool stages) => Randomly.Test(50, random =>
    {
        var table = Strings(stages);
        var expected = new Sums<string?>();
        table.Begin(_pool);
        for (var map = 0; map < 3; map++)
        {
            (string? Key, long Combined)[] entries = [.. Enumerable.Range(0, random.Next(500)).Select(_ => ($"{random.Next(300)}", random.NextInt64(100)))!];
            int[] targets = map == 1 ? [] : [.. entries.Select(_ => random.Next(3))];
            table.Merge(entries, targets, 2);
            foreach (var (entry, target) in entries.Zip(targets.Length == 0 ? entries.Select(_ => 2) : targets))
            {
                if (target == 2)
                {
                    expected.Add(entry.Key, entry.Combined);
                }
            }
        }

        Assert.Equal(expected.Entries, Take(table));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LoadedEntries_AndThoseMergedIntoThem_EqualADictionarys(bool stages) => Randomly.Test(20, random =>
    {
        var table = Strings(stages);
        for (var filling = 0; filling < 3; filling++)
        {
            var expected = new Sums<string?>();
            table.Begin(_pool);
            table.Reserve(random.Next(5000));
            for (var block = 0; block < 4; block++)
            {
                var numbers = Enumerable.Range(0, 4000).ToArray();
                random.Shuffle(numbers);
                (string? Key, long Combined)[] entries = [.. numbers.Take(random.Next(3000)).Select(number => ($"key {number}", random.NextInt64(100)))!];
                if (block == 0)
                {
                    table.Load(entries);
                }
                else
                {
                    table.Merge(entries, [], 0);
                }

                Array.ForEach(entries, entry => expected.Add(entry.Key, entry.Combined));
            }

            Assert.Equal(expected.Entries, Take(table));
        }
    });

    [Fact]
    public void ManyNumbers_EqualADictionarys_AlsoWhereOnlyTheirUpperBitsDiffer()
    {
        const int Keys = 400_000;
        var table = new CombineTable<long, NumberImage, int, int, NumberCombiner>(default);
        var expected = new Sums<long>();
        var random = new Random(5);
        table.Begin(_pool);
        for (var record = 0; record < 2 * Keys; record++)
        {
            var key = (long)random.Next(Keys) << (record % 2 == 0 ? 40 : 0);
            table.Add(key, record & 3);
            expected.Add(key, record & 3);
        }

        table.Complete();
        Assert.Equal(expected.Entries, Take(table).Select(entry => (entry.Key, (long)entry.Combined)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TextsOfEveryLength_EqualADictionarys(bool stages) => Randomly.Test(30, random =>
    {
        var table = new CombineTable<Utf8Slice, Utf8Image, int, long, TextCombiner>(default) { StagesFrom = stages ? 0 : long.MaxValue };
        var expected = new Sums<string>();
        table.Begin(_pool);
        for (var record = 0; record < 2000; record++)
        {
            // Zeros at the end must count, and so must a difference in the last byte of a long text.
            var text = Randomly.Text(random, 6, "ab\0") + new string(random.Next(2) == 0 ? '\0' : 'x', random.Next(4) == 0 ? random.Next(70) : 0) + Randomly.Text(random, 1, "yz");
            table.Add(Utf8Slice.Copy(text), 1);
            expected.Add(text, 1);
        }

        table.Complete();
        Assert.Equal(expected.Entries, Take(table).Select(entry => (entry.Key.ToString(), entry.Combined)));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KeysOfTextThatIsGivenUp_AreCopied(bool stages) => Randomly.Test(20, random =>
    {
        var table = new CombineTable<Utf8Slice, Utf8Image, int, long, TextCombiner>(default) { StagesFrom = stages ? 0 : long.MaxValue };
        var expected = new Sums<string>();
        table.Begin(_pool);
        Assert.False(table.KeepsText);
        for (var chunk = 0; chunk < 5; chunk++)
        {
            var words = Enumerable.Range(0, random.Next(300)).Select(_ => Randomly.Text(random, 30, "ab")).ToArray();
            var bytes = Encoding.UTF8.GetBytes(string.Concat(words.Select(word => word + "\n")));
            var ends = words.Select((_, index) => words.Take(index + 1).Sum(word => word.Length + 1) - 1).ToArray();
            var text = new Utf8TextBlock(Pooled(bytes, Utf8TextBlock.Padding), bytes.Length, Pooled(ends, 0), ends.Length, _pool);
            foreach (var line in text.Read())
            {
                table.Add(line, 1);
                expected.Add(line.ToString(), 1);
            }

            table.LeaveText();
            text.Release();
        }

        table.Complete();
        Assert.Equal(expected.Entries, Take(table).Select(entry => (entry.Key.ToString(), entry.Combined)));

        T[] Pooled<T>(T[] items, int padding)
        {
            var rented = _pool.Rent<T>(items.Length + padding);
            items.CopyTo(rented, 0);
            return rented;
        }
    });

    [Fact]
    public void SteadyState_AllocatesTheBlockOnly()
    {
        var table = new CombineTable<long, NumberImage, int, int, NumberCombiner>(default);
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);

        void Fill()
        {
            table.Begin(_pool);
            for (var record = 0; record < 50_000; record++)
            {
                table.Add(record % 5000, 1);
            }

            table.ToBlock().Release();
        }
    }

    [Fact]
    public void OneLargeTask_IsForgotten_AfterSomeSmallOnes_AndEveryArrayComesBack()
    {
        var table = new CombineTable<long, NumberImage, int, int, NumberCombiner>(default);
        Fill(10);
        var before = table.ByteSize;
        Fill(100_000);
        Assert.True(table.ByteSize > 100 * before);
        for (var task = 0; task < 10; task++)
        {
            Fill(10);
        }

        Assert.Equal(before, table.ByteSize);
        Assert.Equal(0, _pool.Outstanding);

        void Fill(int keys)
        {
            table.Begin(_pool);
            for (var key = 0; key < keys; key++)
            {
                table.Add(key, 1);
                table.Add(key, 1);
            }

            table.Complete();
            var block = table.ToBlock();
            Assert.Equal(Enumerable.Range(0, keys).Select(key => ((long)key, 2)), block.Records.ToArray());
            block.Release();
        }
    }

    [Fact]
    public void WhatAFunctionThrows_WhileStagedRecordsAreCombined_IsThrownOnce()
    {
        var table = new CombineTable<long, NumberImage, int, int, NumberCombiner>(default) { StagesFrom = 0 };
        table.Begin(_pool);
        table.Add(1, 1);
        table.Add(1, NumberCombiner.Failing);
        Assert.Throws<TimeoutException>(table.Complete);
        table.Complete();
        ((ITaskMemory)table).Abandon();
        Assert.Equal(0, _pool.Outstanding);
    }

    private (TKey Key, TCombined Combined)[] Take<TKey, TValue, TCombined>(CombineOutput<TKey, TValue, TCombined> table)
    {
        var block = table.ToBlock();
        var entries = block.Records.ToArray();
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
        return entries;
    }

    private static CombineTable<string?, HashImage, int, long, StringCombiner> Strings(bool stages) => new(default) { StagesFrom = stages ? 0 : long.MaxValue };

    /// <summary>The model: sums in the order of their keys' first appearance.</summary>
    private sealed class Sums<TKey>
    {
        private readonly Dictionary<ValueTuple<TKey>, int> _positions = [];

        public List<(TKey Key, long Combined)> Entries { get; } = [];

        public void Add(TKey key, long value)
        {
            if (_positions.TryAdd(new(key), Entries.Count))
            {
                Entries.Add((key, value));
            }
            else
            {
                var position = _positions[new(key)];
                Entries[position] = (key, Entries[position].Combined + value);
            }
        }
    }

    private readonly struct StringCombiner : ICombiner<string?, HashImage, int, long>
    {
        public HashImage ImageOf(string? key) => new(ProbeHash.Of(key));

        public bool AreEqual(in string? left, HashImage leftImage, string? right, HashImage rightImage) => left == right;

        public long Create(int value) => value;

        public long Add(long combined, int value) => combined + value;

        public long Merge(long left, long right) => left + right;
    }

    /// <summary>Keeps the first of texts that differ in case only.</summary>
    private readonly struct FirstOfTextCombiner : ICombiner<string, HashImage, int, int>
    {
        public static bool KeepsFirst => true;

        public HashImage ImageOf(string key) => new(ProbeHash.Of(key.ToUpperInvariant()));

        public bool AreEqual(in string left, HashImage leftImage, string right, HashImage rightImage) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

        public int Create(int value) => value;

        public int Add(int combined, int value) => combined;

        public int Merge(int left, int right) => left;
    }

    private readonly struct TextCombiner : ICombiner<Utf8Slice, Utf8Image, int, long>
    {
        public Utf8Image ImageOf(Utf8Slice key) => Utf8Image.Of(key);

        public bool AreEqual(in Utf8Slice left, Utf8Image leftImage, Utf8Slice right, Utf8Image rightImage) => Utf8Image.AreEqual(in left, leftImage, right, rightImage);

        public long Create(int value) => value;

        public long Add(long combined, int value) => combined + value;

        public long Merge(long left, long right) => left + right;
    }

    private readonly struct NumberCombiner : ICombiner<long, NumberImage, int, int>
    {
        public const int Failing = -1;

        public NumberImage ImageOf(long key) => new(ProbeHash.Of(key));

        public bool AreEqual(in long left, NumberImage leftImage, long right, NumberImage rightImage) => left == right;

        public int Create(int value) => value;

        public int Add(int combined, int value) => value == Failing ? throw new TimeoutException() : combined + value;

        public int Merge(int left, int right) => left + right;
    }
}
