using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>
/// Finds out which stream of a program goes on with which saved one. By name, else by what there is only one of; never by guess: where two could be meant, or
/// where something saved may have got another name, the start is refused with what settles it.
/// </summary>
internal static class StateMatching
{
    /// <summary>Refuses streams that no restart could tell apart.</summary>
    /// <exception cref="IncompatibleStateException">There are two such.</exception>
    public static void CheckUnique(IReadOnlyList<StreamIdentity> streams)
    {
        foreach (var equals in streams.GroupBy(static stream => (stream.Pipeline, stream.Kind, stream.Name)))
        {
            StreamIdentity[] all = [.. equals];
            if (all.Length == 1)
            {
                continue;
            }

            if (equals.Key.Name is { } name)
            {
                throw new IncompatibleStateException(
                    all[0].ToString(), $"{all.Length} streams of the kind {all[0].Kind} have the name '{name}': after a restart nobody could tell whose state is whose. Give each another name by .Named(\"…\").");
            }

            for (var first = 0; first < all.Length; first++)
            {
                for (var second = first + 1; second < all.Length; second++)
                {
                    if (all[first].HasSchemasOf(all[second]) && all[first].Text == all[second].Text)
                    {
                        throw new IncompatibleStateException(
                            all[first].ToString(),
                            "There are two of it that only their order tells apart: after a restart of a changed program nobody could tell whose state is whose. Give each a name by .Named(\"…\").");
                    }
                }
            }
        }
    }

    /// <summary>For each stream the saved one that it goes on with; -1 for one that begins anew.</summary>
    /// <param name="saved">What a checkpoint has.</param>
    /// <param name="streams">What the program has.</param>
    /// <param name="discarded">Names of saved ones that are given up.</param>
    /// <param name="reportRemoved">Told of saved ones that the program does not have any more.</param>
    /// <exception cref="IncompatibleStateException">Something cannot be carried over, or it cannot be told where it belongs.</exception>
    public static int[] Match(
        IReadOnlyList<StreamIdentity> saved, IReadOnlyList<StreamIdentity> streams, IReadOnlyCollection<string> discarded, Action<StreamIdentity> reportRemoved)
    {
        var matches = new int[streams.Count];
        Array.Fill(matches, -1);
        var left = Enumerable.Range(0, saved.Count).Where(index => !discarded.Contains(saved[index].Display)).ToHashSet();

        // A step takes only what is the only one for each other; the next steps see what is left.
        Func<StreamIdentity, StreamIdentity, bool>[] steps =
        [
            static (old, now) => now.Name is not null && old.Kind == now.Kind && old.Pipeline == now.Pipeline && old.Name == now.Name,
            static (old, now) => now.Name is not null && old.Kind == now.Kind && old.Name is null && old.Display == now.Name,
            static (old, now) => now.Name is not null && old.Kind == now.Kind && old.Name == now.Name,
            static (old, now) => AreUnnamed(old, now) && old.HasSchemasOf(now) && old.Text == now.Text,
            static (old, now) => AreUnnamed(old, now) && old.HasSchemasOf(now) && old.Sources == now.Sources,
            static (old, now) => AreUnnamed(old, now) && CanBeRead(old, now) && old.Sources == now.Sources,
        ];
        foreach (var step in steps)
        {
            Take(step);
        }

        for (var index = 0; index < streams.Count; index++)
        {
            if (matches[index] >= 0 && SchemaCheck.ProblemOf(saved[matches[index]].Schemas, streams[index].Schemas) is { } problem)
            {
                throw new IncompatibleStateException(
                    streams[index].ToString(), $"Its saved state cannot be carried over: {problem}. Keep the type as it was, or give the state up by StreamingOptions.DiscardedStates = [\"{saved[matches[index]].Display}\"].");
            }
        }

        foreach (var old in left.Select(index => saved[index]))
        {
            RefuseIfOpen(old, [.. streams.Where((stream, index) => matches[index] < 0)]);
            reportRemoved(old);
        }

        return matches;

        void Take(Func<StreamIdentity, StreamIdentity, bool> fits)
        {
            for (var index = 0; index < streams.Count; index++)
            {
                if (matches[index] < 0
                    && left.Where(old => fits(saved[old], streams[index])).ToArray() is [var only]
                    && Enumerable.Range(0, streams.Count).Count(other => matches[other] < 0 && fits(saved[only], streams[other])) == 1)
                {
                    matches[index] = only;
                    left.Remove(only);
                }
            }
        }
    }

    private static bool AreUnnamed(StreamIdentity old, StreamIdentity now) => old.Name is null && now.Name is null && old.Kind == now.Kind && old.Pipeline == now.Pipeline;

    private static bool CanBeRead(StreamIdentity old, StreamIdentity now) => SchemaCheck.ProblemOf(old.Schemas, now.Schemas) is null;

    /// <summary>A saved stream that nobody goes on with: refused unless it is sure that the program does not have it any more.</summary>
    private static void RefuseIfOpen(StreamIdentity old, StreamIdentity[] begun)
    {
        StreamIdentity[] candidates = [.. begun.Where(now => now.Kind == old.Kind && CanBeRead(old, now))];
        if (candidates.Length > 0)
        {
            throw new IncompatibleStateException(
                old.ToString(),
                $"The checkpoint has its state, and it cannot be told whether that is the state of {string.Join(" or of ", candidates.Select(static now => now.ToString()))}. "
                + $"Name the one that goes on with it .Named(\"{old.Display}\")"
                + (old.Pipeline == candidates[0].Pipeline ? "" : $", or its pipeline [StreamingPipeline(Name = \"{old.Pipeline}\")]")
                + $"; or give the state up by StreamingOptions.DiscardedStates = [\"{old.Display}\"].");
        }

        if (begun.FirstOrDefault(now => now.Kind == old.Kind && now.Pipeline == old.Pipeline) is { } changed)
        {
            throw new IncompatibleStateException(
                changed.ToString(),
                $"It may be what the checkpoint has as {old}, but that state cannot be carried over: {SchemaCheck.ProblemOf(old.Schemas, changed.Schemas)}. "
                + $"Keep the type as it was, or give the state up by StreamingOptions.DiscardedStates = [\"{old.Display}\"].");
        }
    }
}
