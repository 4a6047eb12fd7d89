namespace CodegenStreaming.Tests.Sources;

public sealed class ContextUnionTests
{
    [Fact]
    public async Task Union_HasThePartitionsOfAllStreams_InTheirOrder()
    {
        await using var stream = new Outputs.QueuedStream<int>();
        var second = stream.Context.QueueStream(new Queue<int[]>([[3, 4]]));
        var seen = new List<int[]>();
        stream.Context.Union(stream.Stream, second, stream.Stream).Glom().ForeachRdd(rdd => seen.AddRange(rdd.Collect()));
        stream.Context.Start();

        await stream.RunAsync(1, 2);

        Assert.Equal([[1], [2], [3], [4], [1], [2]], seen);
    }

    [Fact]
    public void Statement70_Union_OfNothing_IsRefused()
    {
        var context = new StreamingContext(new StreamingOptions());
        Assert.Throws<ArgumentException>(() => context.Union<int>());
    }

    [Fact]
    public void Statement70_Union_OfTwoContexts_IsRefused()
    {
        var context = new StreamingContext(new StreamingOptions());
        var own = context.QueueStream(new Queue<int[]>());
        var foreign = new StreamingContext(new StreamingOptions()).QueueStream(new Queue<int[]>());
        Assert.Throws<ArgumentException>(() => context.Union([own, foreign]));
    }
}
