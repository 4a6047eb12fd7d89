using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>What was found out: for each stream of the program its saved one, and what becomes of the others.</summary>
/// <param name="Matches">For each stream the saved one that it goes on with; -1 for one that begins anew.</param>
/// <param name="Removed">Saved ones that the program does not have any more.</param>
/// <param name="Discarded">Saved ones that were given up.</param>
/// <param name="Edited">Saved ones that were found by what there is only one of, and what goes on with them.</param>
/// <param name="Labels">What each saved one is called in messages.</param>
internal sealed record MatchedStreams(int[] Matches, IReadOnlyList<StreamIdentity> Removed, IReadOnlyList<StreamIdentity> Discarded, IReadOnlyList<(StreamIdentity Old, StreamIdentity Now)> Edited, string[] Labels);

/// <summary>
/// Finds out which stream of a program goes on with which saved one: by name; then by the call as it is written; then, where a call was edited, by what there is
/// only one of. Never by guess: where two could be meant, or where something saved may have got another name, the start is refused with what settles it.
/// </summary>
internal sealed class StateMatching
{
    private readonly IReadOnlyList<StreamIdentity> _saved;
    private readonly IReadOnlyList<StreamIdentity> _streams;
    private readonly IReadOnlyCollection<string> _givenUp;
    private readonly string[] _labels;
    private readonly int[] _matches;
    private readonly SortedSet<int> _left;
    private readonly List<(StreamIdentity Old, StreamIdentity Now)> _edited = [];

    private StateMatching(IReadOnlyList<StreamIdentity> saved, IReadOnlyList<StreamIdentity> streams, IReadOnlyCollection<string> givenUp)
    {
        (_saved, _streams, _givenUp) = (saved, streams, givenUp);
        _labels = SavedLabels.Of(saved);
        _matches = new int[streams.Count];
        Array.Fill(_matches, -1);
        _left = [.. Enumerable.Range(0, saved.Count)];
    }

    private IEnumerable<int> Begun => Enumerable.Range(0, _streams.Count).Where(index => _matches[index] < 0);

    /// <summary>Refuses streams that no restart could tell apart.</summary>
    /// <exception cref="IncompatibleStateException">There are two such.</exception>
    public static void CheckUnique(IReadOnlyList<StreamIdentity> streams)
    {
        foreach (var equals in streams.GroupBy(static stream => (stream.Pipeline, stream.Kind, stream.Name)))
        {
            StreamIdentity[] all = [.. equals];
            if (all.Length > 1 && equals.Key.Name is { } name)
            {
                throw MatchingRefusals.OneNameForSeveral(all[0], name, all.Length);
            }

            if (all.Index().FirstOrDefault(one => all[..one.Index].Any(other => one.Item.HasSchemasOf(other) && one.Item.Text == other.Text)).Item is { } second)
            {
                throw MatchingRefusals.OnlyOrderTellsApart(second);
            }
        }
    }

    /// <summary>Finds out what goes on with what.</summary>
    /// <param name="saved">What a checkpoint has.</param>
    /// <param name="streams">What the program has.</param>
    /// <param name="givenUp">The labels of saved ones that may be given up. One that the program goes on with for certain is kept: the setting may outlive the start that needed it.</param>
    /// <exception cref="IncompatibleStateException">Something cannot be carried over, or it cannot be told where it belongs.</exception>
    public static MatchedStreams Match(IReadOnlyList<StreamIdentity> saved, IReadOnlyList<StreamIdentity> streams, IReadOnlyCollection<string> givenUp)
    {
        var matching = new StateMatching(saved, streams, givenUp);
        matching.TakeNamed();
        matching.TakeAsWritten();
        matching.TakeNewlyNamed();
        matching.TakeEdited();
        return matching.Conclude();
    }

    private void TakeNamed()
    {
        TakeOnly((old, now) => Now(now).IsAlike(Old(old)) && Old(old).Name == Now(now).Name);
        TakeOnly((old, now) => Old(old).Kind == Now(now).Kind && Old(old).Name is null && _labels[old] == Now(now).Name);

        // A stream that has moved to another class, or whose class was renamed. One of several instances of a class has all its names in common with the others.
        TakeOnly((old, now) => Old(old).Kind == Now(now).Kind && Old(old).Name == Now(now).Name && !Now(now).IsInstance);

        void TakeOnly(Func<int, int, bool> fits)
        {
            foreach (var (olds, news) in Components((old, now) => Now(now).Name is not null && fits(old, now), _left))
            {
                if (olds.Length == 1 && news.Length == 1)
                {
                    Take(olds[0], news[0]);
                }
            }
        }
    }

    /// <summary>Calls that are written as they were. Where their types tell them apart, each must be there as it was: otherwise one of them may have become the other.</summary>
    private void TakeAsWritten()
    {
        foreach (var (olds, news) in Components((old, now) => AreUnnamed(old, now) && Old(old).Text == Now(now).Text && Now(now).CanRead(Old(old)), _left))
        {
            int[] partners = [.. olds.Select(old => news.SingleOrOther(now => Now(now).HasSchemasOf(Old(old))))];
            if (olds.Length == 1 && news.Length == 1)
            {
                Take(olds[0], news[0]);
            }
            else if (partners.All(static partner => partner >= 0) && partners.Distinct().Count() == partners.Length)
            {
                TakeAll(olds, partners);
            }
        }
    }

    /// <summary>A call that has got a name and is otherwise as it was, if nothing else comes into question.</summary>
    private void TakeNewlyNamed()
    {
        foreach (var (olds, news) in Components(MayGoOn, _left))
        {
            if (olds is [var old] && news is [var now] && !IsGivenUp(old) && Old(old).Name is null && Now(now).Name is not null
                && Old(old).Text == Now(now).Text && Old(old).Sources == Now(now).Sources && Now(now).HasSchemasOf(Old(old)))
            {
                Take(old, now);
            }
        }
    }

    /// <summary>Calls that were edited: the only one for each other, or those that are told apart by their types.</summary>
    private void TakeEdited()
    {
        foreach (var (olds, news) in Components((old, now) => MayGoOn(old, now) && Old(old).Sources == Now(now).Sources, _left))
        {
            // One that is given up leaves open what the others are: it may not have been the user's thought that another takes its place.
            if (olds.Any(old => Old(old).Name is not null || IsGivenUp(old)) || news.Any(now => Now(now).Name is not null) || olds.Length != news.Length)
            {
                continue;
            }

            int[] partners = olds.Length == 1 ? news : [.. olds.Select(old => news.SingleOrOther(now => Now(now).HasSchemasOf(Old(old))))];
            if (partners.All(static partner => partner >= 0)
                && partners.Distinct().Count() == partners.Length
                && !olds.Zip(partners).Any(pair => HasChangedPlaces(pair.First, pair.Second)))
            {
                TakeAll(olds, partners);
                _edited.AddRange(olds.Zip(partners, (old, now) => (Old(old), Now(now))));
            }
        }
    }

    private MatchedStreams Conclude()
    {
        var discarded = new List<int>();
        for (var now = 0; now < _matches.Length; now++)
        {
            if (_matches[now] is >= 0 and var old && SchemaCheck.ProblemOf(Old(old).Schemas, Now(now).Schemas) is { } problem)
            {
                if (!IsGivenUp(old))
                {
                    throw MatchingRefusals.CannotBeCarriedOver(Now(now), problem, _labels[old]);
                }

                _matches[now] = -1;
                discarded.Add(old);
            }
        }

        for (var now = 0; now < _matches.Length; now++)
        {
            if (_matches[now] is >= 0 and var old && Now(now).KindOfWindow is { } window && HasWindow(_saved, Old(old), window) != HasWindow(_streams, Now(now), window))
            {
                var state = _left.FirstOrDefault(left => Old(left).Kind == window && Old(left).IsOfCallOf(Old(old)), old);
                if (!IsGivenUp(state))
                {
                    throw MatchingRefusals.InverseChanged(Now(now), _labels[state]);
                }

                if (state == old)
                {
                    _matches[now] = -1;
                    discarded.Add(old);
                }
            }
        }

        StreamIdentity[] begun = [.. Begun.Select(Now)];
        foreach (var old in _left)
        {
            if (IsGivenUp(old))
            {
                discarded.Add(old);
            }
            else if (MatchingRefusals.OfLeft(Old(old), _labels[old], begun, IsRenamed) is { } refusal)
            {
                throw refusal;
            }
        }

        return new MatchedStreams(_matches, [.. _left.Except(discarded).Select(Old)], [.. discarded.Select(Old)], _edited, _labels);
    }

    /// <summary>Whether a pipeline may have been given another name: the program does not have the one, the checkpoint does not have the other.</summary>
    private bool IsRenamed(StreamIdentity old, StreamIdentity now) =>
        _streams.All(stream => stream.Pipeline != old.Pipeline) && _saved.All(stream => stream.Pipeline != now.Pipeline);

    /// <summary>Whether the call that keeps batches for a window has that window's state, too: it has an inverse.</summary>
    private static bool HasWindow(IReadOnlyList<StreamIdentity> all, StreamIdentity batches, string window) => all.Any(stream => stream.Kind == window && stream.IsOfCallOf(batches));

    private bool AreUnnamed(int old, int now) => Old(old).Name is null && Now(now).Name is null && Now(now).IsAlike(Old(old));

    private bool MayGoOn(int old, int now) => Now(now).IsAlike(Old(old)) && Now(now).CanRead(Old(old));

    /// <summary>
    /// Whether a pair, and one that was found by its text, stand in another order now than they did, and could as well be two others: of two calls each may have been
    /// edited, one to what the other was.
    /// </summary>
    private bool HasChangedPlaces(int old, int now) => Enumerable.Range(0, _matches.Length).Any(other =>
        _matches[other] is >= 0 and var partner
        && AreUnnamed(partner, other)
        && (MayGoOn(old, other) || MayGoOn(partner, now))
        && Old(partner).Sources == Old(old).Sources
        && (old < partner) != (now < other));

    private bool IsGivenUp(int old) => _givenUp.Contains(_labels[old]);

    private StreamIdentity Old(int index) => _saved[index];

    private StreamIdentity Now(int index) => _streams[index];

    private void Take(int old, int now)
    {
        _matches[now] = old;
        _left.Remove(old);
    }

    private void TakeAll(int[] olds, int[] news)
    {
        foreach (var (old, now) in olds.Zip(news))
        {
            Take(old, now);
        }
    }

    /// <summary>Those that could go on with one another, each with all that are connected with it in that way: only a pair by itself is certain.</summary>
    private List<(int[] Olds, int[] News)> Components(Func<int, int, bool> fits, IEnumerable<int> olds)
    {
        var (open, begun) = (olds.ToList(), Begun.ToList());
        var components = new List<(int[], int[])>();
        while (open.Count > 0)
        {
            var (reached, news) = (new List<int> { open[0] }, new List<int>());
            open.RemoveAt(0);
            for (var next = 0; next < reached.Count; next++)
            {
                foreach (var now in begun.Where(now => fits(reached[next], now)).ToArray())
                {
                    news.Add(now);
                    begun.Remove(now);
                    reached.AddRange(open.Where(old => fits(old, now)));
                    open.RemoveAll(old => fits(old, now));
                }
            }

            if (news.Count > 0)
            {
                components.Add(([.. reached], [.. news]));
            }
        }

        return components;
    }
}

file static class Singles
{
    /// <summary>The only one for which something holds; -1 where there is none, or more than one.</summary>
    public static int SingleOrOther(this int[] indexes, Func<int, bool> condition) => indexes.Where(condition).Take(2).ToArray() is [var only] ? only : -1;
}
