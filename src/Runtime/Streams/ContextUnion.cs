using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>The partitions of all streams, one stream after another: several receivers as one stream, and one job instead of several.</summary>
    /// <param name="streams">At least one stream of this context.</param>
    /// <exception cref="ArgumentException">There is none, or one belongs to another context.</exception>
    public DStream<T> Union<T>(params DStream<T>[] streams) => Union((IEnumerable<DStream<T>>)streams);

    /// <summary>The partitions of all streams, one stream after another: several receivers as one stream, and one job instead of several.</summary>
    /// <param name="streams">At least one stream of this context.</param>
    /// <exception cref="ArgumentException">There is none, or one belongs to another context.</exception>
    public DStream<T> Union<T>(IEnumerable<DStream<T>> streams)
    {
        var all = CheckStreams(streams, "A union");
        return AddOperator(new UnionNode<T>([.. all.Select(stream => stream.Node)]));
    }

    private DStream<T>[] CheckStreams<T>(IEnumerable<DStream<T>> streams, string what)
    {
        ArgumentNullException.ThrowIfNull(streams);
        DStream<T>[] all = [.. streams];
        if (all.Length == 0)
        {
            throw new ArgumentException($"{what} needs at least one stream.", nameof(streams));
        }

        foreach (var stream in all)
        {
            ArgumentNullException.ThrowIfNull(stream, nameof(streams));
            CheckSame(stream.Context);
        }

        return all;
    }
}
