using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>What tells a stream that is saved, or an input, from the others, so that a later run of the program, perhaps changed, finds it again.</summary>
/// <param name="Pipeline">The name of the pipeline that defined it; empty outside pipelines.</param>
/// <param name="Name">What the user named it; null where unnamed.</param>
/// <param name="Kind">What kind of thing is saved of it.</param>
/// <param name="Text">The user's call as written, and what an input reads: only ever used to tell apart what is equal otherwise.</param>
/// <param name="Sources">The inputs that it is computed from, by their kinds; of an input, where that reads.</param>
/// <param name="Schemas">What is written of it; nothing of an input.</param>
/// <param name="IsInstance">Whether its pipeline was added by a name of its own: one of several of a class. Not saved.</param>
internal sealed record StreamIdentity(
    string Pipeline, string? Name, string Kind, string Text, string Sources, IReadOnlyList<(string Name, RecordSchema Schema)> Schemas, bool IsInstance = false)
{
    /// <summary>The name, or what it is called for lack of one.</summary>
    public string Display => Name ?? (Pipeline.Length == 0 ? Kind : $"{Kind} of {Pipeline}");

    /// <summary>What the kinds of batches that are kept for windows begin with; the window's follows.</summary>
    public const string KeptBatches = "batches of ";

    public bool IsInput => Schemas.Count == 0;

    /// <summary>The kind of the state of a window whose batches this is, where that has one.</summary>
    public string? KindOfWindow => Kind.StartsWith(KeptBatches, StringComparison.Ordinal) ? Kind[KeptBatches.Length..] : null;

    /// <summary>For messages.</summary>
    public override string ToString() => Name is null ? $"{Display}({Text})" : $"'{Name}' ({Kind}{(Pipeline.Length == 0 ? "" : $" of {Pipeline}")})";

    public bool HasSchemasOf(StreamIdentity other) =>
        Schemas.Count == other.Schemas.Count && Schemas.Zip(other.Schemas).All(static pair => pair.First.Name == pair.Second.Name && pair.First.Schema.Equals(pair.Second.Schema));

    /// <summary>Whether this, as it is now, can read what was saved of another.</summary>
    public bool CanRead(StreamIdentity saved) => SchemaCheck.ProblemOf(saved.Schemas, Schemas) is null;

    /// <summary>Whether both are kept for one call. A window with an inverse keeps its state and batches.</summary>
    public bool IsOfCallOf(StreamIdentity other) => Pipeline == other.Pipeline && Name == other.Name && Text == other.Text;

    /// <summary>Whether both are of one kind and of one pipeline.</summary>
    public bool IsAlike(StreamIdentity other) => Kind == other.Kind && Pipeline == other.Pipeline;
}
