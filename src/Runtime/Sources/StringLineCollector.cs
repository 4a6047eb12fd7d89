using System.Text;
using CodegenStreaming.Batches;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Collects lines as strings; malformed UTF-8 becomes U+FFFD.</summary>
internal sealed class StringLineCollector(InputServices services) : LineCollector<string>(services)
{
    private const int FullCount = 4 * 1024 * 1024;
    private const int BytesPerString = 32;

    private readonly RowBuffer<string> _open = new(services.Pool);

    protected override int OpenCount => _open.Count;

    protected override bool IsOpenFull => _open.Count >= FullCount;

    public override long Measure(ReadOnlySpan<byte> chunk) => (2L * chunk.Length) + ((long)BytesPerString * chunk.Count((byte)'\n'));

    public override void WriteLine(ReadOnlySpan<byte> line) => _open.Add(Encoding.UTF8.GetString(line));

    protected override Block<string> SealOpen() => _open.ToBlock();
}
