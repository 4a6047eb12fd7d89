namespace Golden;

[StreamingPipeline]
public sealed partial class BlockBodies(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .Map(line =>
            {
                // Comments and layout stay as they are.
                var words = line.Split(' ');
                if (words.Length == 0)
                {
                    return ("", 0);
                }

                return (words[0], words.Length);
            })
            .FlatMap(entry =>
            {
                var letters = new List<char>();
                foreach (var letter in entry.Item1)
                {
                    letters.Add(letter);
                }

                return letters;
            })
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
