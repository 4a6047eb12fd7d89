using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>The end a generated loop writes to. Implemented by structs only, so that the loop is compiled for each of them.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecordSink<T>
{
    /// <summary>True when no further record is wanted; a constant false folds the test away.</summary>
    bool IsFull { get; }

    /// <summary>Takes one record.</summary>
    void Write(T record);
}
