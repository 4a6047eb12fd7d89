namespace CodegenStreaming.Samples;

/// <summary>Counts the words of each batch of lines, leaves out those of a list, counts what it leaves out, and appends the counts to a file.</summary>
[StreamingPipeline]
public sealed partial class BlockedWords(IAsyncEnumerable<string> lines, IReadOnlyList<string> words, string file)
{
    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(lines)
                 .FlatMap(line => line.Split(' '))
                 .Map(word => (word, 1L))
                 .ReduceByKey((a, b) => a + b)
                 .ForeachRdd((rdd, time) =>
                 {
                     // Made in the first batch, by name; later batches get the same ones.
                     var blocked = streaming.Engine.GetOrCreateBroadcast("blocked words", () => words.ToHashSet());
                     var dropped = streaming.Engine.GetOrCreateLongAccumulator("dropped words");

                     // One action: a second one would compute the filter again, and add again what it drops.
                     var counts = rdd.Filter(counted =>
                     {
                         if (blocked.Value.Contains(counted.Key))
                         {
                             dropped.Add(counted.Value);
                             return false;
                         }

                         return true;
                     }).Collect();

                     var line = $"Counts at time {time.Milliseconds} ms: [{string.Join(", ", counts)}]";
                     File.AppendAllLines(file, [line]);
                     Console.WriteLine(line);
                     Console.WriteLine($"Dropped {dropped.Value} words so far.");
                 });
}
