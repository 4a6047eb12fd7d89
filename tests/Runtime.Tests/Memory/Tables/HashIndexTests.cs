using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory.Tables;

public sealed class HashIndexTests
{
    [Fact]
    public void EveryEntry_IsFound_AndNoOther_WhateverTheHashes() => Randomly.Test(100, random =>
    {
        var capacity = random.Next(1, 5000);
        var index = new HashIndex(capacity);
        Assert.True(index.Capacity >= capacity);

        // Few different hashes crowd their buckets, all ones crowd the last bucket, behind which comes the first.
        var mask = (random.Next(4) == 0 ? 3u : uint.MaxValue, random.Next(4) == 0 ? 0xFFFFFFF0 : 0);
        var hashes = Enumerable.Range(0, random.Next(Math.Min(capacity, 2000) + 1)).Select(_ => ((uint)random.NextInt64() & mask.Item1) | mask.Item2).ToArray();
        for (var entry = 0; entry < hashes.Length; entry++)
        {
            Assert.DoesNotContain(entry, Find(index, hashes[entry], entry));
            index.Add(entry, hashes[entry]);
        }

        for (var entry = 0; entry < hashes.Length; entry++)
        {
            var found = Find(index, hashes[entry], hashes.Length);
            Assert.Contains(entry, found);
            Assert.Equal(found.Count, found.Distinct().Count());
        }

        foreach (var entry in Enumerable.Range(0, hashes.Length).OrderBy(_ => random.Next()))
        {
            index.Free(entry, hashes[entry]);
        }

        Assert.All(hashes, hash => Assert.Empty(Find(index, hash, hashes.Length)));
    });

    [Fact]
    public void AClearedIndex_FindsNothing()
    {
        var index = new HashIndex(1);
        index.Add(0, 0);
        index.Add(1, uint.MaxValue);
        index.Clear();
        Assert.Empty(Find(index, 0, 2));
        Assert.Empty(Find(index, uint.MaxValue, 2));
    }

    [Fact]
    public void TooManyKeys_AreRefused() => Assert.Throws<InvalidOperationException>(() => new HashIndex((1 << 29) + 1));

    private static List<int> Find(HashIndex index, uint hash, int count)
    {
        var entries = new List<int>();
        var number = index.HomeOf(hash);
        for (var bucket = index.Home(hash); ; bucket = index.After(ref number))
        {
            for (var found = bucket.Find(index.TagOf(hash), (uint)count); found != 0; found &= found - 1)
            {
                entries.Add((int)bucket.EntryOf(found, index.TagOf(hash)));
            }

            if (bucket.HasFree)
            {
                return entries;
            }
        }
    }
}
