using CodegenStreaming.Batches;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Collects lines as UTF-8: their bytes one after another in one array, as they came. Allocates nothing per line.</summary>
internal sealed class Utf8LineCollector(InputServices services) : LineCollector<Utf8Slice>(services)
{
    private readonly Utf8LineBuffer _open = new(services.Pool);

    protected override int OpenCount => _open.Count;

    protected override bool IsOpenFull => _open.IsFull;

    public override long Measure(ReadOnlySpan<byte> chunk) => chunk.Length + ((long)sizeof(int) * chunk.Count((byte)'\n'));

    public override void WriteLine(ReadOnlySpan<byte> line) => _open.WriteLine(line);

    protected override Block<Utf8Slice> SealOpen() => _open.ToBlock();
}
