using System.ComponentModel;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Where one task's records go: a block, a combine table, a count, the next loop. One per task attempt, used by one thread.
/// The virtual <see cref="Write"/> is the unfused form; a generated loop casts to the exact class and writes through a struct.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecordOutput<T>
{
    /// <summary>True when no further record is wanted.</summary>
    public virtual bool IsFull => false;

    /// <summary>True where the output, or what comes behind it, may hold on to slices of text that were in a record.</summary>
    internal virtual bool KeepsText => TextContent.IsIn(typeof(T));

    /// <summary>Takes one record.</summary>
    public abstract void Write(T record);

    /// <summary>Takes many records at once; false, and none is taken, where they are to come one by one.</summary>
    internal virtual bool TryWriteAll(ReadOnlySpan<T> records) => false;

    /// <summary>Called between the runs of a block: how many of its records have been read, and how many it has.</summary>
    internal virtual void Expect(int read, int all)
    {
    }

    /// <summary>Called where <see cref="KeepsText"/> is false and the text of all records so far is given up: what still refers to it is copied or done with.</summary>
    internal virtual void LeaveText()
    {
    }

    /// <summary>Called after each run of records: what has grown over its bound is given up.</summary>
    internal virtual void Relieve()
    {
    }

    /// <summary>Called once, after the task's last record: what a struct end still holds goes to its output.</summary>
    public virtual void Complete()
    {
    }
}
