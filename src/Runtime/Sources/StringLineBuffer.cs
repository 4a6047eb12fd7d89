using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Lines as strings; malformed UTF-8 becomes U+FFFD.</summary>
internal sealed class StringLineBuffer(BlockPool pool) : LineBuffer<string>
{
    private const int FullCount = 4 * 1024 * 1024;
    private const int BytesPerString = 32;

    private readonly RowBuffer<string> _rows = new(pool);

    public override int Count => _rows.Count;

    public override bool IsFull => _rows.Count >= FullCount;

    public override void WriteLine(ReadOnlySpan<byte> line) => _rows.Add(Encoding.UTF8.GetString(line));

    public override long Measure(ReadOnlySpan<byte> chunk) => (2L * chunk.Length) + ((long)BytesPerString * chunk.Count((byte)'\n'));

    public override Block<string> ToBlock() => _rows.ToBlock();
}
