using System.Text;
using CodegenStreaming.Batches;
using CodegenStreaming.Benchmarks.Workloads;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Benchmarks.Footprint;

/// <summary>Gives each batch a block of lines drawn at random, in memory from the engine's pool as a receiver would.</summary>
internal sealed class TextFloodInput : InputStream
{
    private const int BlockLength = 8 * 1024 * 1024;
    private const int WordsPerLine = 18;

    private readonly InputNode<Utf8Slice> _node = new("TextFlood");
    private readonly Random _random = new(29);
    private readonly byte[][] _lines;

    public TextFloodInput()
    {
        var words = new ZipfWords([.. Enumerable.Range(0, 10_000).Select(number => Encoding.UTF8.GetBytes($"w{number * 7919 % 10_007:x}"))], _random);
        _lines = [.. Enumerable.Range(0, 20_000).Select(_ => CreateLine(words))];
    }

    public long BytesSent { get; private set; }

    public override string Name => "Text flood";

    public override DatasetNode Node => _node;

    public override bool HasPending => true;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        var lines = new Utf8LineBuffer(scope.Pool);
        var length = 0;
        while (length < BlockLength)
        {
            var line = _lines[_random.Next(_lines.Length)];
            lines.WriteLine(line);
            length += line.Length + 1;
        }

        BytesSent += length;
        var block = lines.ToBlock();
        scope.SetInput(_node, [block]);
        return new InputAllocation(block.Count, 1);
    }

    public DStream<Utf8Slice> AddTo(StreamingContext streaming)
    {
        streaming.Graph.AddInput(this);
        return new DStream<Utf8Slice>(streaming, _node);
    }

    private static byte[] CreateLine(ZipfWords words)
    {
        var line = new MemoryStream();
        for (var word = 0; word < WordsPerLine; word++)
        {
            if (word > 0)
            {
                line.WriteByte((byte)' ');
            }

            line.Write(words.Next());
        }

        return line.ToArray();
    }
}
