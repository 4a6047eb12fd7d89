using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>What is said where the streams of a program and those of a checkpoint do not go together, and what the user can do.</summary>
internal static class MatchingRefusals
{
    private const string NameEach =
        "Give each a name by .Named(\"…\"), with the loop's variable in it where they are made in a loop; where a pipeline class is added more than once, add each by a name: streaming.Add(pipeline, \"…\").";

    public static IncompatibleStateException OneNameForSeveral(StreamIdentity stream, string name, int count) => new(
        stream.ToString(), $"{count} streams of the kind {stream.Kind} have the name '{name}': after a restart nobody could tell whose state is whose. {NameEach}");

    public static IncompatibleStateException OnlyOrderTellsApart(StreamIdentity stream) => new(
        stream.ToString(),
        $"There are two of it whose calls begin alike, so that only their order tells them apart: after a restart of a changed program nobody could tell whose state is whose. {NameEach}");

    public static IncompatibleStateException CannotBeCarriedOver(StreamIdentity stream, string problem, string label) => new(
        stream.ToString(), $"Its saved state cannot be carried over: {problem}. Keep the type as it was, or {GiveUp(label)}.");

    public static IncompatibleStateException InverseChanged(StreamIdentity stream, string label) => new(
        stream.ToString(),
        $"The window has an inverse function now and had none, or the other way round: the one keeps a result, the other batches, and neither can be made of the other. Keep it as it was, or {GiveUp(label)}.");

    public static string GiveUp(string label) => $"give the state up by StreamingOptions.DiscardedStates = [\"{label}\"]";

    /// <summary>Why a saved stream with which nothing goes on stands against the start; null where it is sure that the program does not have it any more.</summary>
    /// <param name="old">The stream.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="begun">The streams of the program that would begin anew.</param>
    /// <param name="isRenamed">Whether the pipeline of the one may be that of the other by another name.</param>
    public static IncompatibleStateException? OfLeft(StreamIdentity old, string label, StreamIdentity[] begun, Func<StreamIdentity, StreamIdentity, bool> isRenamed)
    {
        StreamIdentity[] candidates = [.. begun.Where(now => now.Kind == old.Kind && now.CanRead(old))];
        if (candidates.Length > 0)
        {
            return new IncompatibleStateException(old.ToString(), $"{Has(old)}, and it cannot be told whether that is {Of(old)} {Join(candidates)}. {WaysOn(old, label, candidates)}");
        }

        if (begun.FirstOrDefault(now => now.Kind == old.Kind && (now.Pipeline == old.Pipeline || isRenamed(old, now))) is { } changed)
        {
            return new IncompatibleStateException(
                changed.ToString(),
                $"It may be what the checkpoint has as {old}, but that state cannot be carried over: {SchemaCheck.ProblemOf(old.Schemas, changed.Schemas)}. "
                + $"Keep the type as it was, or {GiveUp(label)}.");
        }

        return begun.FirstOrDefault(now => HasOtherKind(old, now) && (now.Pipeline == old.Pipeline || isRenamed(old, now))) is { } other
            ? new IncompatibleStateException(
                other.ToString(),
                $"It may have taken the place of what the checkpoint has as {old}, which is of another kind: that cannot be carried over. Keep the kind as it was, or {GiveUp(label)}.")
            : null;
    }

    /// <summary>Whether a stream is what another one was, by its name or by all that is known of it, and keeps something of another kind.</summary>
    private static bool HasOtherKind(StreamIdentity old, StreamIdentity now) =>
        now.IsInput == old.IsInput
        && ((old.Name is not null && old.Name == now.Name) || (old.Sources == now.Sources && (old.IsInput ? old.Sources.Length > 0 : now.CanRead(old))));

    private static string Has(StreamIdentity old) => old.IsInput ? "The checkpoint has the place where it was" : "The checkpoint has its state";

    private static string Of(StreamIdentity old) => old.IsInput ? "the place of" : "the state of";

    private static string Join(StreamIdentity[] candidates) => string.Join(" or of ", candidates.Select(static now => now.ToString()));

    private static string WaysOn(StreamIdentity old, string label, StreamIdentity[] candidates)
    {
        var ways = new List<string>();
        if (!Array.TrueForAll(candidates, now => now.Name == old.Name && old.Name is not null))
        {
            ways.Add($"name the one that goes on with it .Named(\"{old.Name ?? label}\")");
        }

        if (old.Pipeline.Length > 0 && candidates[0].Pipeline != old.Pipeline)
        {
            ways.Add($"name its pipeline as it was, by [StreamingPipeline(Name = \"{old.Pipeline}\")] or streaming.Add(pipeline, \"{old.Pipeline}\")");
        }

        ways.Add(GiveUp(label));
        var text = string.Join("; or ", ways);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }
}
