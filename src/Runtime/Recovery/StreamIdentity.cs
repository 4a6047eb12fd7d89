using CodegenStreaming.Codecs;

namespace CodegenStreaming.Recovery;

/// <summary>What tells a stream that is saved, or an input, from the others, so that a later run of the program, perhaps changed, finds it again.</summary>
/// <param name="Pipeline">The name of the pipeline that defined it; empty outside pipelines.</param>
/// <param name="Name">What the user named it; null where unnamed.</param>
/// <param name="Kind">What kind of thing is saved of it.</param>
/// <param name="Text">The user's call as written, and what an input reads: only ever used to tell apart what is equal otherwise.</param>
/// <param name="Sources">The inputs that it is computed from, by their kinds.</param>
/// <param name="Schemas">What is written of it.</param>
internal sealed record StreamIdentity(
    string Pipeline, string? Name, string Kind, string Text, string Sources, IReadOnlyList<(string Name, RecordSchema Schema)> Schemas)
{
    /// <summary>The name, or what it is called for lack of one. A stream that is given this as its name is the same.</summary>
    public string Display => Name ?? (Pipeline.Length == 0 ? Kind : $"{Kind} of {Pipeline}");

    /// <summary>For messages.</summary>
    public override string ToString() => Name is null ? $"{Display}({Text})" : $"'{Name}' ({Kind}{(Pipeline.Length == 0 ? "" : $" of {Pipeline}")})";

    public bool HasSchemasOf(StreamIdentity other) =>
        Schemas.Count == other.Schemas.Count && Schemas.Zip(other.Schemas).All(static pair => pair.First.Name == pair.Second.Name && pair.First.Schema.Equals(pair.Second.Schema));
}
