using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Recovery;

/// <summary>What checkpoints of a run are made of.</summary>
/// <param name="Log">Where they are written.</param>
/// <param name="Lease">By what right.</param>
/// <param name="RenewEvery">How often that is renewed.</param>
/// <param name="Grid">The batch times.</param>
/// <param name="Every">A checkpoint of the streams' states is made after each so many-th batch, if the one before is written by then.</param>
/// <param name="Keepers">The streams whose states are saved, with what tells them apart.</param>
/// <param name="Inputs">The inputs that can be read again, with what tells them apart.</param>
/// <param name="Pool">Where memory comes from.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where to log.</param>
internal sealed record CheckpointSetting(
    ManifestLog Log,
    CheckpointLease Lease,
    TimeSpan RenewEvery,
    BatchGrid Grid,
    int Every,
    IReadOnlyList<(BatchKeeper Keeper, StreamIdentity Identity)> Keepers,
    IReadOnlyList<(InputStream Input, StreamIdentity Identity)> Inputs,
    BlockPool Pool,
    TimeProvider Time,
    ILogger Logger);
