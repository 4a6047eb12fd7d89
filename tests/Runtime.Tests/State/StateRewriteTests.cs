using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Tests.State;

/// <summary>Batches that rewrite all entries, and views, against a model.</summary>
public sealed class StateRewriteTests
{
    [Fact]
    public void RandomRewrites_EqualTheModel_CommittedOrRolledBack_WithAndWithoutSnapshots() => Randomly.Test(10, random =>
    {
        var table = new StateTable<long, NumberImage, string, PlainStateKeys<long>>(default, tracksChanges: random.Next(2) == 0);
        var model = new StateModel<long>();
        var keys = random.Next(1, 6000);
        var snapshots = new Queue<(StateSnapshot<long, NumberImage, string> Snapshot, IReadOnlyList<(long, string)> Entries)>();
        for (var batch = 0; batch < 40; batch++)
        {
            var before = model.Copy();
            table.Begin();
            Add(random, table, model, keys);
            if (random.Next(3) == 0)
            {
                foreach (var entry in model.Entries.Where(entry => entry.Key % 3 == 1).ToList())
                {
                    table.SetValue(table.NumberOf(entry.Key, table.ImageOf(entry.Key)), entry.Value + 's');
                    model.Set(entry.Key, entry.Value + 's');
                }
            }
            else
            {
                var update = new Appended((char)('a' + random.Next(20)), random.Next(2, 9));
                table.Rewrite(ref update, TestContext.Current.CancellationToken);
                foreach (var (key, value) in model.Entries)
                {
                    var after = "";
                    if (update.Update(0, key, value, ref after))
                    {
                        model.Set(key, after);
                    }
                    else
                    {
                        model.Remove(key);
                    }
                }
            }

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
            if (random.Next(3) == 0)
            {
                snapshots.Enqueue((table.TakeSnapshot(), model.Entries));
            }

            Assert.All(snapshots, kept => Assert.Equal(kept.Entries, kept.Snapshot.Read()));
            while (snapshots.Count > random.Next(3))
            {
                snapshots.Dequeue().Snapshot.Dispose();
            }
        }
    });

    [Fact]
    public void RemovedEntries_GiveTheirRoomBack_WhetherChangesAreTrackedOrNot()
    {
        foreach (var tracks in new[] { false, true })
        {
            var table = new StateTable<long, NumberImage, string, PlainStateKeys<long>>(default, tracks);
            for (var batch = 0; batch < 200; batch++)
            {
                table.Begin();
                for (var key = 0; key < 1000; key++)
                {
                    table.Set((batch * 1000) + key, "value");
                    if (batch > 0)
                    {
                        table.Find(((batch - 1) * 1000) + key).Remove();
                    }
                }

                table.Commit();
                if (tracks)
                {
                    table.TakeSnapshot().Dispose();
                }
            }

            Assert.Equal(1000, table.Count);
            Assert.InRange(table.NumberCount, 1000, 5000);
            Assert.InRange(table.Compactions, 30, 120);
        }
    }

    [Fact]
    public void RemovedEntriesThatASnapshotMustTellOf_DoNotMakeEachBatchMoveTheRest()
    {
        var table = new StateTable<long, NumberImage, string, PlainStateKeys<long>>(default);
        for (var batch = 0; batch < 100; batch++)
        {
            table.Begin();
            for (var key = 0; key < 1000; key++)
            {
                table.Set((batch * 1000) + key, "value");
                table.Find((batch * 1000) + key).Remove();
            }

            table.Commit();
        }

        Assert.InRange(table.Compactions, 1, 51);
        using var snapshot = table.TakeSnapshot();
        Assert.Equal(100_000, snapshot.ReadChanges().Count(change => change.IsRemoved));
    }

    [Fact]
    public void Statement111_ViewsOfEveryGeneration_NeverShowLaterChanges()
    {
        // All sequences of nine puts and removals in three batches.
        var pool = new BlockPool();
        for (var sequence = 0; sequence < 512; sequence++)
        {
            var viewed = new ViewedTable<string, HashImage, int, int, StringStateKeys<string>, WholeState<int>>(default);
            var model = new Dictionary<string, int>();
            var views = new List<(Block<(string, int)> View, List<(string, int)> Entries, IEnumerator<(string, int)> Reader)>();
            for (var batch = 0; batch < 3; batch++)
            {
                viewed.Begin();
                for (var operation = 3 * batch; operation < (3 * batch) + 3; operation++)
                {
                    var key = "key" + (operation % 2);
                    if ((sequence & (1 << operation)) != 0)
                    {
                        viewed.Table.Set(key, operation);
                        model[key] = operation;
                    }
                    else
                    {
                        viewed.Table.Find(key).Remove();
                        model.Remove(key);
                    }
                }

                viewed.Table.Commit();
                var view = viewed.Show(pool);
                Assert.Same(view, viewed.Show(pool));
                view.Release();
                var reader = view.Read().GetEnumerator();
                reader.MoveNext(); // One that is under way when the table changes.
                views.Add((view, [.. model.Select(pair => (pair.Key, pair.Value))], reader));
                foreach (var (kept, entries, _) in views)
                {
                    Assert.Equal(entries.Order(), kept.Read().Order());
                    Assert.Equal(entries.Count, kept.Count);
                }
            }

            foreach (var (view, entries, reader) in views)
            {
                Assert.Equal(entries.Order(), view.Records.ToArray().Order());
                var left = new List<(string, int)>();
                while (reader.MoveNext())
                {
                    left.Add(reader.Current);
                }

                Assert.Equal(Math.Max(0, entries.Count - 1), left.Count);
                Assert.Subset(entries.ToHashSet(), left.ToHashSet());
                view.Release();
                Assert.Throws<ObjectDisposedException>(() => view.Records.Length);
            }
        }

        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void AnEmptyTable_GivesNothing_AndIgnoresRemovals()
    {
        var pool = new BlockPool();
        var viewed = new ViewedTable<string, HashImage, int, int, StringStateKeys<string>, WholeState<int>>(default);
        viewed.Begin();
        viewed.Table.Find("key").Remove();
        Assert.False(viewed.Table.TryGet("key", out _));
        Assert.Equal(-1, viewed.Table.NumberOf("key", viewed.Table.ImageOf("key")));
        viewed.Table.Commit();
        var view = viewed.Show(pool);
        Assert.Empty(view.Read());
        Assert.Equal(0, view.Records.Length);
        view.Release();
        Assert.Equal((0, 0, 0), (viewed.Table.Count, viewed.Table.NumberCount, pool.Outstanding));
    }

    [Fact]
    public void Statement111_AViewThatNobodyHolds_IsNotCopied()
    {
        var pool = new BlockPool();
        var viewed = new ViewedTable<int, NumberImage, int, int, PlainStateKeys<int>, WholeState<int>>(default);
        for (var batch = 0; batch < 3; batch++)
        {
            viewed.Begin();
            viewed.Table.Set(batch, batch);
            viewed.Table.Commit();
            var view = viewed.Show(pool);
            Assert.Equal(batch + 1, view.Read().Count());
            Assert.Equal(0, pool.Outstanding);
            view.Release();
        }
    }

    [Fact]
    public async Task AViewThatIsRead_WhileTheTableChanges_ShowsWhatWasThere()
    {
        const int Keys = 20_000;
        var pool = new BlockPool();
        var viewed = new ViewedTable<int, NumberImage, (long, long), (long, long), PlainStateKeys<int>, WholeState<(long, long)>>(default);
        for (var batch = 0; batch < 20; batch++)
        {
            viewed.Begin();
            for (var key = 0; key < Keys; key++)
            {
                viewed.Table.Set(key, (batch, batch));
            }

            viewed.Table.Commit();
            var (view, number) = (viewed.Show(pool), batch);
            var reader = Task.Run(
                () =>
                {
                    var read = 0;
                    foreach (var (key, value) in view.Read())
                    {
                        Assert.Equal((read++, ((long)number, (long)number)), (key, value));
                    }

                    Assert.Equal(Keys, read);
                    view.Release();
                },
                TestContext.Current.CancellationToken);
            viewed.Begin();
            for (var key = 0; key < Keys; key++)
            {
                viewed.Table.Set(key, (-1, -2));
            }

            viewed.Rollback();
            await reader;
        }

        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void KeysOfEveryKind_AreFoundAgain()
    {
        Check<int>(new PlainStateKeys<int>(), key => key);
        Check<long>(new PlainStateKeys<long>(), key => key * ((1L << 32) + 1));
        Check<ulong>(new PlainStateKeys<ulong>(), key => (ulong)key << 40);
        Check<double>(new PlainStateKeys<double>(), key => key / 3.0);
        Check<DayOfWeek>(new PlainStateKeys<DayOfWeek>(), key => (DayOfWeek)key);
        CheckHashed<string?>(new StringStateKeys<string?>(), key => key == 0 ? null : "key" + key);
        CheckHashed<(int, string?)>(new EqualStateKeys<(int, string?)>(), key => (key % 7, key == 3 ? null : $"{key}"));
        CheckHashed<Guid>(new EqualStateKeys<Guid>(), key => new Guid(key, 0, 0, new byte[8]));
        CheckHashed<int?>(new EqualStateKeys<int?>(), key => key == 0 ? null : key);

        static void Check<TKey>(PlainStateKeys<TKey> keys, Func<int, TKey> keyOf) =>
            CheckTable(new StateTable<TKey, NumberImage, int, PlainStateKeys<TKey>>(keys), keyOf);

        static void CheckHashed<TKey>(IStateKeys<TKey, HashImage> keys, Func<int, TKey> keyOf)
        {
            if (keys is StringStateKeys<TKey> strings)
            {
                CheckTable(new StateTable<TKey, HashImage, int, StringStateKeys<TKey>>(strings), keyOf);
            }
            else
            {
                CheckTable(new StateTable<TKey, HashImage, int, EqualStateKeys<TKey>>(default), keyOf);
            }
        }

        static void CheckTable<TKey, TImage, TKeys>(StateTable<TKey, TImage, int, TKeys> table, Func<int, TKey> keyOf)
            where TImage : unmanaged, IKeyImage
            where TKeys : struct, IStateKeys<TKey, TImage>
        {
            table.Begin();
            for (var key = 0; key < 2000; key++)
            {
                Assert.False(table.Find(keyOf(key)).Exists);
                table.Set(keyOf(key), key);
            }

            Assert.All(Enumerable.Range(0, 2000), key => Assert.True(table.TryGet(keyOf(key), out var value) && value == key));
        }
    }

    private static void Add(Random random, StateTable<long, NumberImage, string, PlainStateKeys<long>> table, StateModel<long> model, int keys)
    {
        for (var added = random.Next(1000); added > 0; added--)
        {
            var key = (long)random.Next(keys);
            if (!model.Contains(key))
            {
                table.Add(key, table.ImageOf(key), $"{key}");
                model.Set(key, $"{key}");
            }
        }
    }

    private static void AssertEqual(StateModel<long> model, StateTable<long, NumberImage, string, PlainStateKeys<long>> table)
    {
        var entries = new List<(long, string)>();
        foreach (var entry in table)
        {
            entries.Add(entry);
        }

        Assert.Equal(model.Entries, entries);
        Assert.Equal(model.Entries.Count, table.Count);
        Assert.All(model.Entries, entry => Assert.True(table.TryGet(entry.Key, out var value) && value == entry.Value));
    }

    private readonly struct Appended(char letter, int removed) : IStateUpdate<long, string>
    {
        public bool Update(int number, in long key, in string value, ref string newValue)
        {
            newValue = value + letter;
            return (key + letter) % removed != 0;
        }
    }
}
