using CodegenStreaming.CompilerServices;
using CodegenStreaming.State;

namespace CodegenStreaming.Tests.State;

/// <summary>Random operations, failures and snapshots against a model.</summary>
public sealed class StateTableTests
{
    [Fact]
    public void RandomBatches_EqualTheModel_CommittedOrRolledBack() => Randomly.Test(8, random =>
    {
        var table = new StateTable<long, NumberImage, string, NumberStateKeys>(default);
        var model = new StateModel<long>();
        var keys = random.Next(1, 5000);
        for (var batch = 0; batch < 30; batch++)
        {
            var before = model.Copy();
            table.Begin();
            Change(random, table, model, random.Next(2000), () => random.Next(keys));
            AssertEqual(model, table);
            if (random.Next(3) == 0)
            {
                table.Rollback();
                model = before;
            }
            else
            {
                table.Commit();
            }

            AssertEqual(model, table);
        }
    });

    [Fact]
    public void Snapshots_ShowTheTableAsItWas_AndTheirChangesMakeOneOutOfTheOther() => Randomly.Test(8, random =>
    {
        var table = new StateTable<long, NumberImage, string, NumberStateKeys>(default);
        var model = new StateModel<long>();
        var replica = new StateModel<long>();
        var snapshots = new List<(StateSnapshot<long, NumberImage, string> Snapshot, StateModel<long> Model)>();
        for (var batch = 0; batch < 40; batch++)
        {
            var before = model.Copy();
            table.Begin();
            Change(random, table, model, random.Next(1500), () => random.Next(3000));
            if (random.Next(3) == 0)
            {
                table.Rollback();
                model = before;
            }
            else
            {
                table.Commit();
            }

            if (random.Next(3) == 0)
            {
                var snapshot = table.TakeSnapshot();
                snapshots.Add((snapshot, model.Copy()));
                foreach (var (key, value, isRemoved) in snapshot.ReadChanges())
                {
                    replica.Remove(key);
                    if (!isRemoved)
                    {
                        replica.Set(key, value);
                    }
                }

                Assert.Equal(model.Entries.OrderBy(entry => entry.Key), replica.Entries.OrderBy(entry => entry.Key));
            }

            foreach (var (snapshot, then) in snapshots)
            {
                Assert.Equal(then.Entries, snapshot.Read());
                Assert.Equal(then.Entries.Count, snapshot.Count);
            }

            while (snapshots.Count > random.Next(4))
            {
                snapshots[0].Snapshot.Dispose();
                snapshots.RemoveAt(0);
            }
        }
    });

    [Fact]
    public void TextKeys_OutliveTheirBatchs_AndCompactions() => Randomly.Test(5, random =>
    {
        var table = new StateTable<Utf8Slice, Utf8Image, string, Utf8StateKeys>(new());
        var model = new StateModel<string>();
        for (var batch = 0; batch < 20; batch++)
        {
            table.Begin();
            for (var change = 0; change < 1500; change++)
            {
                var text = Randomly.Text(random, 12, "ab\0") + new string('x', random.Next(8) == 0 ? random.Next(60) : 0);
                var entry = table.Find(Utf8Slice.Copy(text));
                Assert.Equal(model.Contains(text), entry.Exists);
                if (random.Next(3) > 0)
                {
                    entry.Remove();
                    model.Remove(text);
                }
                else
                {
                    entry.Value = text;
                    model.Set(text, text);
                }
            }

            table.Commit();
            table.TakeSnapshot().Dispose(); // Removed entries have been told of and may go.
            Assert.Equal(model.Entries, Entries(table).Select(entry => (entry.Key.ToString(), entry.Value)));
        }
    });

    [Fact]
    public void AnEntry_ThrowsOnceTheTableHasMovedOn()
    {
        var table = new StateTable<long, NumberImage, string, NumberStateKeys>(default);
        table.Begin();
        var first = table.Find(1);
        first.Value = "one";
        var second = table.Find(2);
        table.Set(1, "changed");
        Assert.False(second.Exists);
        second.Value = "two";
        Assert.Equal("two", second.Value);
        Assert.True(Throws(first));
        Assert.False(Throws(second));

        var enumerator = table.GetEnumerator();
        Assert.True(enumerator.MoveNext());
        table.Set(2, "a value may be set");
        Assert.True(enumerator.MoveNext());
        Assert.Equal((2, "a value may be set"), enumerator.Current);
        table.Find(1).Remove();
        var caught = false;
        try
        {
            enumerator.MoveNext();
        }
        catch (InvalidOperationException)
        {
            caught = true;
        }

        Assert.True(caught);
        second = table.Find(2);
        table.Commit();
        Assert.True(Throws(second));

        static bool Throws(StateTable<long, NumberImage, string, NumberStateKeys>.Entry entry)
        {
            try
            {
                return !entry.Exists && entry.Exists;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void ChangesOutsideBatches_AndSnapshotsInside_AreRefused()
    {
        var table = new StateTable<long, NumberImage, string, NumberStateKeys>(default);
        Assert.Throws<InvalidOperationException>(() => table.Set(1, "one"));
        Assert.Throws<InvalidOperationException>(table.Commit);
        Assert.Throws<InvalidOperationException>(table.Rollback);
        Assert.Throws<KeyNotFoundException>(() => table.Find(1).Value);
        table.Begin();
        Assert.Throws<InvalidOperationException>(table.Begin);
        Assert.Throws<InvalidOperationException>(table.TakeSnapshot);
    }

    [Fact]
    public void ADisposedSnapshot_IsNotRead()
    {
        var table = new StateTable<long, NumberImage, string, NumberStateKeys>(default);
        table.Begin();
        table.Set(1, "one");
        table.Commit();
        var snapshot = table.TakeSnapshot();
        snapshot.Dispose();
        snapshot.Dispose();
        Assert.Throws<ObjectDisposedException>(() => snapshot.Read().ToList());
        Assert.Throws<ObjectDisposedException>(() => snapshot.ReadChanges().ToList());
    }

    [Fact]
    public void Statement111_ASnapshot_CopiesOnlySegmentsThatAreWrittenTo()
    {
        const int Keys = 100_000;
        var table = new StateTable<long, NumberImage, long, NumberStateKeys>(default);
        Set(Enumerable.Range(0, Keys));
        Set([0]);
        Assert.InRange(Allocated(() => Set([1])), 0, 1000);

        using var snapshot = table.TakeSnapshot();
        Assert.InRange(Allocated(() => Set([1])), 32 * 1024, 100 * 1024);
        Assert.InRange(Allocated(() => Set([2])), 0, 1000);

        void Set(IEnumerable<int> keys)
        {
            table.Begin();
            foreach (var key in keys)
            {
                table.Set(key, key);
            }

            table.Commit();
        }
    }

    [Fact]
    public void TenMillionEntries_OccupyLessThan400Megabytes()
    {
        const int Keys = 10_000_000;
        const long Limit = 400_000_000;
        var table = new StateTable<long, NumberImage, long, NumberStateKeys>(default);
        for (var key = 0; key < Keys; key++)
        {
            if (key % 1_000_000 == 0)
            {
                table.Begin();
            }

            table.Set(key * 7919L, key);
            if (key % 1_000_000 == 999_999)
            {
                table.Commit();
                table.TakeSnapshot().Dispose();
            }
        }

        Assert.Equal(Keys, table.Count);
        Assert.InRange(table.ByteSize, Keys * 2L * sizeof(long), Limit); // What the process holds, other tests included, `benchmarks -- memory` measures.
        Assert.True(table.TryGet(7919L * 1234, out var value));
        Assert.Equal(1234, value);
    }

    private static void Change(Random random, StateTable<long, NumberImage, string, NumberStateKeys> table, StateModel<long> model, int changes, Func<int> nextKey)
    {
        var removing = random.Next(4);
        for (var change = 0; change < changes; change++)
        {
            var key = nextKey();
            var entry = table.Find(key);
            Assert.Equal(model.Contains(key), entry.Exists);
            if (random.Next(4) < removing)
            {
                entry.Remove();
                model.Remove(key);
            }
            else
            {
                var value = entry.Exists ? entry.Value + 'a' : $"{key}";
                entry.Value = value;
                model.Set(key, value);
            }
        }
    }

    private static void AssertEqual(StateModel<long> model, StateTable<long, NumberImage, string, NumberStateKeys> table)
    {
        Assert.Equal(model.Entries.Count, table.Count);
        Assert.Equal(model.Entries, Entries(table));
        Assert.All(model.Entries, entry => Assert.True(table.TryGet(entry.Key, out var value) && value == entry.Value));
    }

    private static List<(TKey Key, TValue Value)> Entries<TKey, TImage, TValue, TKeys>(StateTable<TKey, TImage, TValue, TKeys> table)
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
    {
        var entries = new List<(TKey, TValue)>();
        foreach (var entry in table)
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
