using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Outputs;

/// <summary>Writes a task's records to an object file, some at once.</summary>
internal sealed class ObjectOutput<T>(ObjectFileWriter<T> writer, BlockPool pool) : RecordOutput<T>, IDisposable
{
    private const int Together = 256;

    private readonly T[] _records = pool.Rent<T>(Together);
    private int _count;

    /// <summary>Text is copied into the file's blocks.</summary>
    internal override bool KeepsText => false;

    public override void Write(T record)
    {
        _records[_count++] = record;
        if (_count == Together)
        {
            Flush();
        }
    }

    public void Flush()
    {
        writer.Write(_records.AsSpan(0, _count));
        _count = 0;
    }

    public void Dispose() => pool.Return(_records, Together);

    internal override void LeaveText() => Flush();
}
