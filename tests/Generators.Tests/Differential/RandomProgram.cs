namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>A random pipeline class as C# text, and the operator calls in it.</summary>
internal sealed record RandomProgram(int Seed, string Name, string Text, IReadOnlyList<OperatorCall> Calls)
{
    /// <summary>The types that all programs share.</summary>
    public const string Records = """
        namespace RandomPrograms;

        public sealed record Order(int Id, string? Name, long Cents);

        public readonly record struct Point(int X, int Y);

        public enum Color
        {
            Red,
            Green,
            Blue,
        }
        """;

    public string FileName => Name + ".cs";

    /// <summary>The calls by the lines that they stand on.</summary>
    public IReadOnlyDictionary<int, OperatorCall> CallsByLine()
    {
        var calls = new Dictionary<int, OperatorCall>();
        var lines = Text.Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line].TrimStart().StartsWith("/* call ", StringComparison.Ordinal))
            {
                calls.Add(line + 1, Calls[int.Parse(lines[line].TrimStart().Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)]);
            }
        }

        return calls;
    }
}
