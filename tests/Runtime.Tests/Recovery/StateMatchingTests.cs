using CodegenStreaming.Codecs;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Tests.Recovery;

/// <summary>Which stream of a program goes on with which saved one. Whole programs are in the upgrade matrix of the generator's tests.</summary>
public sealed class StateMatchingTests
{
    private const string Label = "Update of Shop";

    [Fact]
    public void ProgramThatIsUnchanged_GoesOn_WhateverTheOrder()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            StreamIdentity[] all =
            [
                .. Enumerable.Range(0, 12)
                    .Select(_ => Stream($"f{random.Next(3)}", random.Next(3) == 0 ? $"name{random.Next(3)}" : null, random.Next(2) == 0 ? "Shop" : "Store", Kinds[random.Next(2)], Schemas[random.Next(3)], $"source{random.Next(2)}"))
                    .DistinctBy(static stream => (stream.Pipeline, stream.Kind, stream.Name, stream.Name is null ? stream.Text + stream.Schemas[1].Schema : "")),
            ];
            StateMatching.CheckUnique(all);
            var turned = (StreamIdentity[])all.Clone();
            random.Shuffle(turned);
            var matched = StateMatching.Match(all, turned, []);
            Assert.Equal(turned.Select(stream => Array.IndexOf(all, stream)), matched.Matches);
            Assert.Empty(matched.Removed);
        }
    }

    [Fact]
    public void WhateverIsChanged_NoStateIsCrossed()
    {
        // A program of calls, each with a state of its own; some are edited, removed, added, moved. What is matched is what was edited or was not.
        var random = new Random(11);
        var (matches, refusals) = (0, 0);
        for (var round = 0; round < 5000; round++)
        {
            StreamIdentity[] old = [.. Enumerable.Range(0, random.Next(1, 4)).Select(static index => Stream($"f{index}"))];
            var changed = old.Index().Select(one => (Origin: one.Index, Stream: one.Item)).ToList();
            if (random.Next(3) == 0)
            {
                changed[random.Next(changed.Count)] = (changed.Count, Stream("g"));
                var edited = changed.FindIndex(one => one.Stream.Text == "g");
                changed[edited] = (edited, changed[edited].Stream);
            }
            else if (random.Next(2) == 0)
            {
                changed.RemoveAt(random.Next(changed.Count));
            }
            else
            {
                changed.Insert(random.Next(changed.Count + 1), (-1, Stream("g")));
            }

            var now = changed.ToArray();
            random.Shuffle(now);
            try
            {
                Assert.Equal(now.Select(static one => one.Origin), StateMatching.Match(old, [.. now.Select(static one => one.Stream)], []).Matches);
                matches++;
            }
            catch (IncompatibleStateException)
            {
                refusals++;
            }
        }

        Assert.True(matches > 3000 && refusals > 100, $"{matches} programs went on, {refusals} were refused.");
    }

    [Fact]
    public void CallThatBecameTheOther_IsNotTakenForIt()
    {
        var refusal = Refuse([Stream("a"), Stream("b")], [Stream("b"), Stream("c")]);
        Assert.Contains("Update of Shop(a)", refusal, StringComparison.Ordinal);
        Assert.Contains("Named(\"Update of Shop #1\")", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Addition_WithTheSameCallOfAnotherType_LeavesTheOldOneItsState() =>
        Assert.Equal([-1, 0], Match([Stream("a", schema: Int)], [Stream("a", schema: Long), Stream("a", schema: Int)]));

    [Fact]
    public void WidenedCall_BesideOneThatIsGone_IsNotTakenForThat() =>
        Assert.Contains("cannot be told", Refuse([Stream("a", schema: Int), Stream("b", schema: Long)], [Stream("c", schema: Long)]), StringComparison.Ordinal);

    [Fact]
    public void EditedCall_ThatIsTheOnlyOne_GoesOn_AndIsReported()
    {
        var matched = StateMatching.Match([Stream("a"), Stream("b")], [Stream("c"), Stream("b")], []);
        Assert.Equal([0, 1], matched.Matches);
        Assert.Equal(("a", "c"), Assert.Single(matched.Edited) is var (old, now) ? (old.Text, now.Text) : default);
        Assert.Empty(StateMatching.Match([Stream("a")], [Stream("a")], []).Edited);
    }

    [Fact]
    public void EditedCalls_WhoseTypesDiffer_AreToldApart() =>
        Assert.Equal([1, 0], Match([Stream("a", schema: Int), Stream("b", schema: Text)], [Stream("c", schema: Text), Stream("d", schema: Int)]));

    [Fact]
    public void EditedCalls_OverOtherSources_AreToldApart() =>
        Assert.Equal([1, 0], Match([Stream("a", source: "x"), Stream("b", source: "y")], [Stream("c", source: "y"), Stream("d", source: "x")]));

    [Fact]
    public void Label_OfAnUnnamedOne_IsAName_AndItsNumberTellsItApart() =>
        Assert.Equal([1, 0], Match([Stream("a"), Stream("b")], [Stream("c", Label + " #2"), Stream("d", Label + " #1")]));

    [Fact]
    public void OneThatIsGivenUp_DoesNotSettleWhatTheOtherIs()
    {
        Assert.Contains(Label + " #2", Refuse([Stream("a"), Stream("b")], [Stream("c")], Label + " #1"), StringComparison.Ordinal);
        Assert.Equal([-1], Match([Stream("a"), Stream("b")], [Stream("c")], Label + " #1", Label + " #2"));
    }

    [Fact]
    public void GivingUp_WhatGoesOnForCertain_DoesNothing()
    {
        Assert.Equal([0, 1], Match([Stream("a"), Stream("b", "b")], [Stream("a"), Stream("c", "b")], Label, "b"));
        Assert.Equal([-1], Match([Stream("a")], [Stream("c")], Label));
    }

    [Fact]
    public void GivenUpName_OfTwoPipelines_MeansOneOfThem()
    {
        StreamIdentity[] old = [Stream("a", "x"), Stream("a", "x", "Store")];
        StreamIdentity[] now = [Stream("a", "x", schema: Text), Stream("a", "x", "Store", schema: Text)];
        Assert.Contains("DiscardedStates = [\"Shop/x\"]", Refuse(old, now), StringComparison.Ordinal);
        Assert.Contains("DiscardedStates = [\"Store/x\"]", Refuse(old, now, "Shop/x"), StringComparison.Ordinal);
        Assert.Equal([-1, -1], Match(old, now, "Shop/x", "Store/x"));
    }

    [Fact]
    public void Name_FollowsItsStreamToAnotherClass_ButNotToAnotherInstance()
    {
        Assert.Equal([0], Match([Stream("a", "x")], [Stream("a", "x", "Store")]));
        Assert.Contains("streaming.Add(pipeline, \"Shop\")", Refuse([Stream("a", "x")], [Stream("a", "x", "Store") with { IsInstance = true }]), StringComparison.Ordinal);
        Assert.Contains("cannot be told", Refuse([Stream("a", "x")], [Stream("a", "x", "Store"), Stream("a", "x", "Market")]), StringComparison.Ordinal);
    }

    [Fact]
    public void FirstStart_WithTwoThatAreAlike_SaysHowToNameThem()
    {
        var refusal = Assert.Throws<IncompatibleStateException>(() => StateMatching.CheckUnique([Stream("a"), Stream("b"), Stream("a")]));
        Assert.Contains("Update of Shop(a)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(".Named(\"…\")", refusal.Message, StringComparison.Ordinal);
        StateMatching.CheckUnique([Stream("a"), Stream("a", schema: Int), Stream("a", kind: "Map"), Stream("a", "x"), Stream("a", pipeline: "Store")]);
    }

    [Fact]
    public void Key_MustNotLoseWhatTellsItApart()
    {
        var one = RecordSchema.Record("Key", ("Name", Text));
        var two = RecordSchema.Record("Key", ("Name", Text), ("Region", Int));
        StreamIdentity Of(RecordSchema key) => new("Shop", null, "Update", "a", "source", [("key", key), ("state", Long)]);
        Assert.Equal([0], Match([Of(one)], [Of(two)]));
        Assert.Contains("the key was written with Region", Refuse([Of(two)], [Of(one)]), StringComparison.Ordinal);
        StreamIdentity OfDictionary(RecordSchema key) => Stream("a", schema: RecordSchema.Record("State", ("Parts", RecordSchema.Dictionary(key, Int))));
        Assert.Contains("the field Parts[key] of the state was written with Region", Refuse([OfDictionary(two)], [OfDictionary(one)]), StringComparison.Ordinal);
        StreamIdentity OfList(RecordSchema element) => Stream("a", schema: RecordSchema.List(element));
        Assert.Equal([0], Match([OfList(two)], [OfList(one)]));
    }

    private static readonly string[] Kinds = ["Update", "Map"];

    private static readonly RecordSchema Int = RecordSchema.Of(SchemaKind.Int32);
    private static readonly RecordSchema Long = RecordSchema.Of(SchemaKind.Int64);
    private static readonly RecordSchema Text = RecordSchema.Of(SchemaKind.String);
    private static readonly RecordSchema[] Schemas = [Int, Long, Text];

    private static StreamIdentity Stream(
        string text, string? name = null, string pipeline = "Shop", string kind = "Update", RecordSchema? schema = null, string source = "source") =>
        new(pipeline, name, kind, text, source, [("key", Text), ("state", schema ?? Long)]);

    private static int[] Match(StreamIdentity[] saved, StreamIdentity[] streams, params string[] givenUp) => StateMatching.Match(saved, streams, givenUp).Matches;

    private static string Refuse(StreamIdentity[] saved, StreamIdentity[] streams, params string[] givenUp) =>
        Assert.Throws<IncompatibleStateException>(() => Match(saved, streams, givenUp)).Message;
}
