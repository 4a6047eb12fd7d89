using System.Globalization;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>The streams that tests of recovery are made of, in plain code.</summary>
internal static class CheckpointedStreams
{
    /// <summary>Pairs of a key and a number, from the lines of a program's files.</summary>
    public static DStream<(string, int)> Pairs(this RestartedProgram program, StreamingContext streaming) => streaming.TextFileStream(program.Folder)
        .Map(line => line.Split(' '))
        .Map(words => (words[0], int.Parse(words[1], CultureInfo.InvariantCulture)));

    /// <summary>The sum of each key, so far.</summary>
    public static DStream<(string Key, int State)> Totals(this DStream<(string, int)> pairs, string name = "totals") =>
        pairs.UpdateStateByKey<string, int, int>((values, state) => new Option<int>(state.GetValueOrDefault() + values.Sum())).Named(name);

    /// <summary>The same record by record.</summary>
    public static StateSpec<string, int, int, string> Count() => StateSpec.Function<string, int, int, string>((string key, Option<int> value, State<int> state) =>
    {
        state.Update((state.Exists ? state.Get() : 0) + value.Value);
        return key;
    });
}
