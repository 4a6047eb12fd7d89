using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming.CompilerServices;

/// <summary>The end a generated loop reads from. Implemented by structs only, so that the loop is compiled for each of them.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecordSource<T>
{
    /// <summary>Takes the next record; false at the end of this run of records.</summary>
    bool TryRead([MaybeNullWhen(false)] out T record);
}
