using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Tests.CompilerServices;

public sealed class CombineTableTests
{
    [Fact]
    public void Entries_EqualADictionarys_InTheOrderOfTheirAppearance_BatchAfterBatch() => Randomly.Test(50, random =>
    {
        var table = new CombineTable<string?, int, long, Sums>(default);
        for (var batch = 0; batch < 4; batch++)
        {
            var keys = random.Next(1, 3000);
            var expected = new Dictionary<ValueTuple<string?>, long>();
            for (var record = 0; record < 2 * keys; record++)
            {
                var number = random.Next(keys);
                var key = number == 0 ? null : $"key{number}";
                if (record % 3 == 0)
                {
                    table.MergeCombined(key, number);
                }
                else
                {
                    table.Add(key, number);
                }

                expected[new(key)] = expected.GetValueOrDefault(new(key)) + number;
            }

            Assert.Equal(expected.Select(pair => (pair.Key.Item1, pair.Value)), Entries(table));
            table.Clear();
            Assert.Equal(0, table.Count);
        }
    });

    [Fact]
    public void NumbersThatDifferInTheirUpperBitsOnly_DoNotShareOneChain()
    {
        // One chain would make this take the square of the number of keys: minutes.
        const int Keys = 200_000;
        var table = new CombineTable<int, int, int, Numbers>(default);
        for (var key = 0; key < Keys; key++)
        {
            table.Add(key << 14, 1);
        }

        Assert.Equal(Keys, table.Count);
    }

    [Fact]
    public void SteadyState_AllocatesNothing()
    {
        var table = new CombineTable<int, int, int, Numbers>(default);
        var entries = new (int, int)[5000];
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Fill()
        {
            for (var record = 0; record < 50_000; record++)
            {
                table.Add(record % entries.Length, 1);
            }

            table.CopyTo(entries);
            table.Clear();
        }
    }

    private static (string?, long)[] Entries(CombineTable<string?, int, long, Sums> table)
    {
        var entries = new (string?, long)[table.Count];
        table.CopyTo(entries);
        return entries;
    }

    private readonly struct Sums : ICombiner<string?, int, long>
    {
        public int Hash(string? key) => ProbeHash.Of(key);

        public bool AreEqual(string? left, string? right) => left == right;

        public long Create(int value) => value;

        public long Add(long combined, int value) => combined + value;

        public long Merge(long left, long right) => left + right;
    }

    private readonly struct Numbers : ICombiner<int, int, int>
    {
        public int Hash(int key) => key;

        public bool AreEqual(int left, int right) => left == right;

        public int Create(int value) => value;

        public int Add(int combined, int value) => combined + value;

        public int Merge(int left, int right) => left + right;
    }
}
