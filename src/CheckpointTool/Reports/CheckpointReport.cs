namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>What a directory of checkpoints holds. It is data: what is shown to people and to programs comes from it alone.</summary>
/// <param name="Location">The directory.</param>
/// <param name="Lease">Who has the right to write; null where nobody ever had.</param>
/// <param name="Manifests">The manifests, the newest first.</param>
/// <param name="Newest">What the newest of them that is whole says; null where none is.</param>
/// <param name="Files">All files that any manifest needs.</param>
/// <param name="Others">Files that none needs, and why they are there.</param>
internal sealed record CheckpointReport(
    string Location, LeaseReport? Lease, IReadOnlyList<ManifestReport> Manifests, ContentReport? Newest, IReadOnlyList<FileReport> Files, IReadOnlyList<FileReport> Others)
{
    /// <summary>Whether the newest manifest and all that it needs are as they were written: a restart loses nothing.</summary>
    public bool IsWhole => Manifests is [{ Problem: null }, ..];
}

/// <summary>Who has the right to write.</summary>
/// <param name="Number">The lease's number.</param>
/// <param name="Renewals">How often it was renewed.</param>
/// <param name="Application">The application's name.</param>
/// <param name="Machine">The machine.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStarted">When that was started.</param>
/// <param name="Until">When it ends unless it is renewed.</param>
/// <param name="State">Whether it was released, is held, or is over.</param>
internal sealed record LeaseReport(
    long Number, long Renewals, string Application, string Machine, int ProcessId, DateTimeOffset ProcessStarted, DateTimeOffset Until, string State);

/// <summary>A manifest.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Lease">The lease under which it was published; null where it cannot be read.</param>
/// <param name="Files">The files that it needs.</param>
/// <param name="Bytes">Their bytes, and its own.</param>
/// <param name="Problem">What is wrong with it or its files; null where nothing is.</param>
/// <param name="IsNewest">Whether a restart begins with it.</param>
internal sealed record ManifestReport(long Number, long? Lease, int Files, long Bytes, string? Problem, bool IsNewest);

/// <summary>A file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its bytes; those that it should have, where it is not there.</param>
/// <param name="Remark">What is wrong with it, or why it is there; null where all is well.</param>
internal sealed record FileReport(string Name, long Bytes, string? Remark);

/// <summary>What a manifest says.</summary>
/// <param name="BatchInterval">The batch interval.</param>
/// <param name="Saved">The batch after which the streams were saved.</param>
/// <param name="Completed">The last batch that was done, as those before it.</param>
/// <param name="Planned">The last batch that was made.</param>
/// <param name="Attempted">The batch that was begun and not done, in so many runs; null where there is none.</param>
/// <param name="Attempts">How often.</param>
/// <param name="Streams">What is saved of streams.</param>
/// <param name="Inputs">How far inputs were read.</param>
/// <param name="Batches">What batches behind the saved one got, which a restart gives them again.</param>
internal sealed record ContentReport(
    TimeSpan BatchInterval,
    BatchReport Saved,
    BatchReport Completed,
    BatchReport Planned,
    BatchReport? Attempted,
    int Attempts,
    IReadOnlyList<StreamReport> Streams,
    IReadOnlyList<InputReport> Inputs,
    IReadOnlyList<PlanReport> Batches);

/// <summary>A batch.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Time">Its time; null where there can be no such time.</param>
internal sealed record BatchReport(long Number, DateTimeOffset? Time);

/// <summary>What is saved of a stream.</summary>
/// <param name="Name">What the user named it; null where unnamed.</param>
/// <param name="Display">The name, or what it is called for lack of one.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Kind">What kind of thing is saved.</param>
/// <param name="Sources">The inputs that it is computed from.</param>
/// <param name="Schemas">How keys, states or records are written.</param>
/// <param name="Partitions">Its partitions; null where it has none.</param>
/// <param name="Keys">The keys that have a state; null where it is no state by key.</param>
/// <param name="Batches">The batches that later ones need.</param>
/// <param name="Records">Their records.</param>
/// <param name="WindowLength">The length of a window with an inverse, in batches.</param>
/// <param name="WindowSlide">Its slide.</param>
/// <param name="Files">Its files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Problem">Why its content cannot be told; null where it can.</param>
internal sealed record StreamReport(
    string? Name,
    string Display,
    string Pipeline,
    string Kind,
    string Sources,
    IReadOnlyList<SchemaReport> Schemas,
    int? Partitions,
    long? Keys,
    int? Batches,
    long? Records,
    int? WindowLength,
    int? WindowSlide,
    int Files,
    long Bytes,
    string? Problem);

/// <summary>How keys, states or records are written.</summary>
/// <param name="Name"><c>key</c>, <c>state</c> or <c>record</c>.</param>
/// <param name="Schema">The schema in one line.</param>
internal sealed record SchemaReport(string Name, string Schema);

/// <summary>How far an input was read.</summary>
/// <param name="Name">What the user named it; null where unnamed.</param>
/// <param name="Display">The name, or what it is called for lack of one.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Kind">What kind of input.</param>
/// <param name="Bytes">The bytes of its positions.</param>
internal sealed record InputReport(string? Name, string Display, string Pipeline, string Kind, long Bytes);

/// <summary>What a batch got.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Inputs">The inputs that gave it something.</param>
/// <param name="Bytes">The bytes of what is written about that.</param>
internal sealed record PlanReport(BatchReport Batch, IReadOnlyList<string> Inputs, long Bytes);
