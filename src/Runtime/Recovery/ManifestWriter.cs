using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Memory;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Recovery;

/// <summary>
/// Publishes manifests, keeps the latest, and of some older states the last that had them, with all that they need; cleans up the rest, and lets inputs know what no
/// restart will ask for again. Used by one thread at a time.
/// </summary>
internal sealed class ManifestWriter(ManifestLog log, IReadOnlyList<InputStream> inputs, BlockPool pool, ILogger logger)
{
    /// <summary>How many manifests are kept at the end: the newest, and one more in case that it is damaged.</summary>
    private const int Latest = 2;

    /// <summary>Of so many older states the last manifest is kept.</summary>
    private const int Older = 2;

    /// <summary>Manifests between two states are cleaned up after so many.</summary>
    private const int CleanEvery = 16;

    /// <summary>The last manifests of older states, the oldest first, with where inputs had come to.</summary>
    private readonly Queue<(long Number, CheckpointContent Content)> _older = new();
    private (long Number, CheckpointContent Content)? _last;
    private int _sinceCleaned;

    /// <summary>What a restart began with.</summary>
    public void Begin(long number, CheckpointContent content) => _last = (number, content);

    /// <exception cref="CheckpointTakenOverException">Another process has the store.</exception>
    /// <exception cref="IOException">The manifest cannot be written.</exception>
    public void Publish(CheckpointContent content, bool hasNewData)
    {
        var manifest = log.Publish(ContentFormat.FilesOf(content), ContentFormat.Write(content, pool));
        if (hasNewData && _last is { } last)
        {
            _older.Enqueue(last);
            if (_older.Count > Older)
            {
                _older.Dequeue();
            }
        }

        _last = (manifest.Number, content);
        if ((hasNewData && content.Data.Streams.Count > 0) || ++_sinceCleaned >= CleanEvery)
        {
            Clean();
        }
    }

    private void Clean()
    {
        _sinceCleaned = 0;
        try
        {
            log.Clean(Latest, _older.Select(static older => older.Number).ToHashSet());
            Commit(_older.TryPeek(out var oldest) ? oldest.Content : _last!.Value.Content);
        }
#pragma warning disable CA1031 // Nothing is lost: it is done the next time.
        catch (Exception exception) when (exception is not CheckpointTakenOverException)
#pragma warning restore CA1031
        {
            logger.CheckpointNotCleaned(exception);
        }
    }

    private void Commit(CheckpointContent content)
    {
        for (var index = 0; index < Math.Min(inputs.Count, content.Data.Inputs.Count); index++)
        {
            ((IReplayableInput)inputs[index]).Commit(content.Data.Inputs[index].Positions.Span);
        }
    }
}
