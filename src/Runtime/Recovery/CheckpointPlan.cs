using CodegenStreaming.Batches;

namespace CodegenStreaming.Recovery;

/// <summary>Checkpoints that a run is about to write, and where an earlier run ended.</summary>
/// <param name="setting">What they are made of.</param>
/// <param name="writer">Writes manifests.</param>
/// <param name="content">What the last checkpoint says.</param>
/// <param name="isRestored">Whether there is one.</param>
/// <param name="mergesMissed">Whether of the batches that were missed only the last is run.</param>
internal sealed class CheckpointPlan(CheckpointSetting setting, ManifestWriter writer, CheckpointContent content, bool isRestored, bool mergesMissed)
{
    /// <summary>The last batch time of the earlier run; null where there was none.</summary>
    public BatchTime? LastTime => isRestored ? setting.Grid.TimeOf(content.Planned) : null;

    /// <summary>Where that run ended; null where there was none.</summary>
    public BatchRestart? Restart => isRestored ? new(setting.Grid.TimeOf(content.Data.Number + 1), setting.Grid.TimeOf(content.Planned), mergesMissed) : null;

    /// <summary>The run begins.</summary>
    /// <param name="fail">Ends it: it must do nothing more.</param>
    public CheckpointCoordinator Create(Action<Exception> fail) =>
        new(setting, writer, content, isRestored ? new CatchUpProgress(content.Data.Number, LastMissed(), setting.Grid, setting.Logger) : null, fail);

    /// <summary>The run does not begin.</summary>
    public void GiveUp() => setting.Lease.Release();

    private long LastMissed()
    {
        var now = setting.Grid.NumberOf(new BatchTime(setting.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        return Math.Max(content.Planned, mergesMissed ? Math.Min(now, content.Planned + 1) : now);
    }
}
