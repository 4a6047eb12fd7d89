using System.Globalization;
using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Recovery;

/// <summary>
/// Begins to write checkpoints, or goes on from one: finds out which stream goes on with which state, refuses what cannot be carried over before anything is
/// changed, and hands to each what is its own.
/// </summary>
internal sealed class CheckpointStart
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(30);

    private readonly CheckpointRequest _request;
    private readonly List<(BatchKeeper Keeper, StreamIdentity Identity)> _keepers;
    private readonly List<(InputStream Input, StreamIdentity Identity)> _inputs;
    private CheckpointLease? _lease;

    private CheckpointStart(CheckpointRequest request)
    {
        _request = request;
        foreach (var keeper in Kept(request))
        {
            keeper.Saved!.PrepareSaving(request.Services.Codecs, request.Services.Pool);
        }

        _keepers = [.. Kept(request).Select(keeper => (keeper, IdentityOf(keeper.Saved!)))];
        _inputs = [.. request.Graph.Inputs.Where(static input => input is IReplayableInput).Select(input => (input, IdentityOf(input)))];
        StateMatching.CheckUnique([.. _keepers.Select(static keeper => keeper.Identity)]);
        StateMatching.CheckUnique([.. _inputs.Select(static input => input.Identity)]);
    }

    /// <summary>What a graph keeps for later batches, of which checkpoints save the state.</summary>
    public static IEnumerable<BatchKeeper> Kept(CheckpointRequest request) =>
        request.Graph.KeepersRead(request.IsRemembering).Where(static keeper => keeper.Saved is not null);

    /// <summary>Takes the store and reads what is there.</summary>
    /// <param name="request">What the context wants.</param>
    /// <param name="context">The streaming context, for the lease.</param>
    /// <exception cref="CheckpointException">Another process has the store, or it holds a checkpoint that nobody has asked to go on from.</exception>
    /// <exception cref="IncompatibleStateException">The program cannot go on from what is there.</exception>
    public static (CheckpointSetting Setting, ManifestWriter Writer, CheckpointContent Content, bool IsRestored) Open(CheckpointRequest request, Guid context)
    {
        var start = new CheckpointStart(request);
        try
        {
            return start.Open(context);
        }
        catch (IOException exception)
        {
            start.GiveUp();
            throw new CheckpointException($"The checkpoint in {request.Store.Location} cannot be used: {exception.Message}", exception);
        }
        catch
        {
            start.GiveUp();
            throw;
        }
    }

    private (CheckpointSetting Setting, ManifestWriter Writer, CheckpointContent Content, bool IsRestored) Open(Guid context)
    {
        var (store, pool) = (_request.Store, _request.Services.Pool);
        _lease = CheckpointLease.Acquire(
            store,
            ProcessHolder.Of(_request.Options.AppName, context),
            LeaseDuration,
            _request.Time,
            holder => ProcessHolder.IsKnownDead(holder, _request.IsActive),
            pool);
        var log = new ManifestLog(store, _lease.Fence, pool);
        var setting = new CheckpointSetting(
            log, _lease, LeaseDuration / 3, _request.Graph.Grid, _request.Every, _keepers, _inputs, pool, _request.Time, _request.Logger);
        var writer = new ManifestWriter(log, [.. _inputs.Select(static input => input.Input)], pool, _request.Logger);
        CheckpointContent? found = null;
        var manifest = ManifestLog.ReadNewest(store, _request.Logger.CheckpointUnusable, manifest => Check(manifest, out found));
        if (manifest is null || found is null)
        {
            // No batch runs before the first manifest is whole: where only that one is there, torn, nothing has happened yet.
            store.Delete(FileNames.OfManifest(1));
            if (store.List().Any(static name => FileNames.TryParseManifest(name, out _)))
            {
                throw new CheckpointException(
                    $"None of the checkpoints in {store.Location} can be used; the warnings in the log say why. To begin anew, remove the directory or choose another one.");
            }

            _request.Logger.CheckpointsBegin(store.Location);
            return (setting, writer, new CheckpointContent(Interval, 0, new SavedData(0, [], []), 0, 0, default, []), false);
        }

        if (!_request.Restores)
        {
            throw new CheckpointException(
                $"{store.Location} holds checkpoints of an earlier run. To go on from them make the context with StreamingContext.GetOrCreate, or name the directory in "
                + "StreamingOptions.CheckpointDirectory; to begin anew, remove the directory or choose another one.");
        }

        if (_request.Graph.Inputs.FirstOrDefault(static input => input.IsForTests) is { } queue)
        {
            throw new CheckpointException($"{queue.DisplayName} does not support checkpointing: what was in the queue is gone. QueueStream is for tests and trials.");
        }

        var content = Restore(found, Path.GetFileName(FileNames.OfManifest(manifest.Number)));
        writer.Begin(manifest.Number, content);
        writer.Publish(content, hasNewData: false);
        return (setting, writer, content, true);
    }

    private long Interval => (long)_request.Graph.Grid.Interval.TotalMilliseconds;

    /// <summary>Reads a manifest and all files that it needs: damage is to be found while there is an older one.</summary>
    private string Check(CheckpointManifest manifest, out CheckpointContent? content)
    {
        content = null;
        try
        {
            content = ContentFormat.Read(manifest);
            foreach (var file in manifest.Files)
            {
                ManifestLog.ReadFile(_request.Store, file);
            }

            return "";
        }
        catch (CorruptRecordException exception)
        {
            return exception.Message;
        }
    }

    private CheckpointContent Restore(CheckpointContent found, string manifest)
    {
        string[] givenUp = [.. _request.Options.DiscardedStates];
        var streams = StateMatching.Match([.. found.Data.Streams.Select(static stream => stream.Identity)], [.. _keepers.Select(static keeper => keeper.Identity)], givenUp);
        var inputs = StateMatching.Match([.. found.Data.Inputs.Select(static input => input.Identity)], [.. _inputs.Select(static input => input.Identity)], givenUp);
        var content = RestoreTimes(found, streams);
        var restored = RestoreStreams(content, streams);
        var positions = RestorePositions(content, inputs);
        Report(inputs);
        Report(streams);
        var time = _request.Graph.Grid.TimeOf(content.Data.Number);
        var missed = Math.Max(0, (_request.Time.GetUtcNow().ToUnixTimeMilliseconds() - _request.Graph.Grid.TimeOf(content.Planned).Milliseconds) / Interval);
        _request.Logger.Restored(manifest, _request.Store.Location, time.Milliseconds, content.Planned - content.Data.Number, missed);
        var first = content.Completed + 1;
        var attempts = new BatchAttempts(first, content.Planned < first ? 0 : found.Attempts.Number == first ? found.Attempts.Count + 1 : 1);
        return content with
        {
            Data = new SavedData(content.Data.Number, restored, positions),
            Attempts = attempts,
            Batches = [.. content.Batches.Select(batch => batch with
            {
                Plans = [.. batch.Plans
                    .Select(plan => (Input: Array.IndexOf(inputs.Matches, plan.Input), plan.Plan))
                    .Where(static plan => plan.Input >= 0)],
            })],
        };
    }

    private List<(StreamIdentity, SavedStream)> RestoreStreams(CheckpointContent content, MatchedStreams streams)
    {
        var time = _request.Graph.Grid.TimeOf(content.Data.Number);
        var restored = new List<(StreamIdentity, SavedStream)>();
        var done = new HashSet<ISavedStream>();
        foreach (var (index, match) in streams.Matches.Index().Where(static pair => pair.Item >= 0).OrderBy(pair => _keepers[pair.Index].Keeper.Saved!.Needed is not null))
        {
            var (stream, identity) = (_keepers[index].Keeper.Saved!, _keepers[index].Identity);
            var saved = content.Data.Streams[match].Saved;
            if (stream.Needed is { } needed && !done.Contains(needed))
            {
                _request.Logger.SavedStreamDiscarded(identity.ToString());
            }
            else if (Succeeds(identity, streams, match, () => stream.Restore(new RestoredStream(saved, content.Data.Number, time, Read))))
            {
                restored.Add((identity, saved));
                done.Add(stream);
            }
        }

        return restored;
    }

    private List<(StreamIdentity, ReadOnlyMemory<byte>)> RestorePositions(CheckpointContent content, MatchedStreams inputs)
    {
        var positions = new List<(StreamIdentity, ReadOnlyMemory<byte>)>();
        foreach (var (index, match) in inputs.Matches.Index())
        {
            var (input, identity) = _inputs[index];
            var saved = match >= 0 ? content.Data.Inputs[match].Positions : default;
            var isRestored = !saved.IsEmpty && Succeeds(identity, inputs, match, () => ((IReplayableInput)input).RestorePositions(saved.Span));
            positions.Add((identity, isRestored ? saved : default));
        }

        return positions;
    }

    /// <summary>Whether a stream has taken over what was saved. It need not where the user gives that up; then it begins anew.</summary>
    /// <exception cref="IncompatibleStateException">It cannot, and should.</exception>
    private bool Succeeds(StreamIdentity identity, MatchedStreams all, int match, Action restore)
    {
        var label = all.Labels[match];
        try
        {
            restore();
            return true;
        }
        catch (StreamingException exception) when (exception is IncompatibleStateException or IncompatibleSchemaException)
        {
            if (!_request.Options.DiscardedStates.Contains(label))
            {
                throw new IncompatibleStateException(identity.ToString(), $"What was saved of it cannot be carried over: {exception.Message} Or {MatchingRefusals.GiveUp(label)}.");
            }

            _request.Logger.SavedStreamDiscarded(identity.ToString());
            return false;
        }
    }

    private void Report(MatchedStreams streams)
    {
        foreach (var stream in streams.Removed)
        {
            _request.Logger.SavedStreamDropped(stream.ToString());
        }

        foreach (var (old, now) in streams.Edited)
        {
            _request.Logger.SavedStreamEdited(now.ToString(), old.Text);
        }

        foreach (var stream in streams.Discarded)
        {
            _request.Logger.SavedStreamDiscarded(stream.ToString());
        }
    }

    /// <summary>Batches go on being counted from where they were. With another interval there is another grid, behind the saved batch.</summary>
    private CheckpointContent RestoreTimes(CheckpointContent found, MatchedStreams streams)
    {
        if (found.Interval == Interval)
        {
            _request.Graph.Grid.Restore(found.Zero);
            return found;
        }

        var before = TimeSpan.FromMilliseconds(found.Interval);
        if (found.Planned > found.Data.Number)
        {
            throw new IncompatibleStateException(
                "Batch interval",
                $"The program that wrote the checkpoint had batches of {before} and was not stopped gracefully: some of them are to be run again, and at the same times. "
                + $"Start it with that interval once more, stop it gracefully (StopAsync(graceful: true)), and then change the interval to {_request.Graph.Grid.Interval}.");
        }

        for (var index = 0; index < streams.Matches.Length; index++)
        {
            var match = streams.Matches[index];
            if (match < 0 || !IsOfBatches(found.Data.Streams[match].Identity))
            {
                continue;
            }

            if (!_request.Options.DiscardedStates.Contains(streams.Labels[match]))
            {
                throw new IncompatibleStateException(
                    _keepers[index].Identity.ToString(),
                    $"The checkpoint has a window of batches of {before}; they are {_request.Graph.Grid.Interval} long now, and cannot be divided. Keep the interval, or "
                    + $"{MatchingRefusals.GiveUp(streams.Labels[match])}.");
            }

            streams.Matches[index] = -1;
            _request.Logger.SavedStreamDiscarded(_keepers[index].Identity.ToString());
        }

        var last = found.Zero + (found.Data.Number * found.Interval);
        var next = ((last / Interval) + 1) * Interval;
        var zero = next - ((found.Data.Number + 1) * Interval);
        _request.Graph.Grid.Restore(zero);
        return found with { Interval = Interval, Zero = zero };
    }

    /// <summary>Whether what is saved is counted in batches.</summary>
    private static bool IsOfBatches(StreamIdentity stream) => stream.Kind.Contains("Window", StringComparison.Ordinal) || stream.KindOfWindow is not null;

    private ReadOnlyMemory<byte> Read(CheckpointFile file) => ManifestLog.ReadFile(_request.Store, file);

    private StreamIdentity IdentityOf(ISavedStream stream)
    {
        var sources = stream.Node.Leaves().Select(static leaf => $"{leaf.OperatorName} of {leaf.RecordType.Name}").Distinct().Order(StringComparer.Ordinal);
        return new StreamIdentity(
            _request.NameOf(stream.Node), stream.Node.Name, stream.Kind, stream.Node.Site?.Text ?? "", string.Join(", ", sources), stream.Schemas, _request.IsInstance(stream.Node));
    }

    private StreamIdentity IdentityOf(InputStream input) => new(
        _request.NameOf(input.Node),
        input.Node.Name,
        string.Create(CultureInfo.InvariantCulture, $"{input.Name} of {input.Node.RecordType.Name}"),
        string.Join(", ", new[] { input.Node.Site?.Text, input.Origin }.Where(static text => !string.IsNullOrEmpty(text))),
        input.Origin,
        [],
        _request.IsInstance(input.Node));

    private void GiveUp()
    {
        try
        {
            _lease?.Release();
        }
#pragma warning disable CA1031 // What went wrong before is what counts; the lease ends by itself.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
