using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>The end that a generated loop over large structures reads from: it sees them where they lie. Implemented by structs only, so that the loop is compiled for each of them.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReferenceSource<T>
{
    /// <summary>The record that was moved to. Undefined before the first and after the last.</summary>
    ref readonly T Current { get; }

    /// <summary>Moves to the next record; false at the end of this run of records.</summary>
    bool MoveNext();
}
