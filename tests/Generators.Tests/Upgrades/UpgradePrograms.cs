namespace CodegenStreaming.Generators.Tests.Upgrades;

/// <summary>The text of small programs that read pairs of a key and a number, and keep something of them.</summary>
internal static class UpgradePrograms
{
    public const string Sum = "(v, s) => new Option<long>(s.GetValueOrDefault() + v.Sum())";
    public const string Count = "(v, s) => new Option<long>(s.GetValueOrDefault() + v.Count)";
    public const string Twice = "(v, s) => new Option<long>(s.GetValueOrDefault() + (2 * v.Sum()))";
    public const string Most = "(v, s) => new Option<long>(v.Append((int)s.GetValueOrDefault()).Max())";
    public const string Least = "(v, s) => new Option<long>(v.Append((int)(s.HasValue ? s.Value : 999)).Min())";

    /// <summary>A whole program.</summary>
    /// <param name="define">What its pipeline does with <c>pairs</c>.</param>
    /// <param name="types">Its other types.</param>
    /// <param name="attribute">The pipeline's attribute.</param>
    /// <param name="name">The pipeline's class.</param>
    /// <param name="add">How it is added.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="method">A method beside Define.</param>
    public static string Shop(
        string define,
        string types = "",
        string attribute = "[StreamingPipeline]",
        string name = "Shop",
        string? add = null,
        string input = "streaming.TextFileStream(log.Folder)",
        string method = "") => $$"""
        {{Pipeline(define, attribute, name, input, method)}}
        {{types}}

        public static class Setup
        {
            public static void Add(StreamingContext streaming, UpgradeLog log)
            {
                {{add ?? $"streaming.Add(new {name}(log));"}}
            }
        }
        """;

    public static string Pipeline(
        string define, string attribute = "[StreamingPipeline]", string name = "Shop", string input = "streaming.TextFileStream(log.Folder)", string method = "") => $$"""
        {{attribute}}
        public sealed partial class {{name}}(UpgradeLog log, string suffix = "")
        {
            public string Suffix => suffix;

            public void Define(StreamingContext streaming)
            {
                var pairs = {{input}}.Map(line => line.Split(' ')).Map(words => (words[0], int.Parse(words[1])));
                {{define}}
            }
            {{method}}
        }
        """;

    /// <summary>A state that is updated.</summary>
    public static string Update(string show, string function, string named = "", string types = "string, int, long", string of = "pairs") =>
        $"log.Show(\"{show}\", {of}.UpdateStateByKey<{types}>({function}){named});\n";

    /// <summary>A program whose state is a type of its own.</summary>
    public static string Tally(string type, string next, string first, string named = "", string state = "Tally") => Shop(
        Update("tally", "(v, s) => Step.Next(v, s)", named, $"string, int, {state}"),
        $$"""
        {{type}}
        public static class Step
        {
            public static Option<{{state}}> Next(IReadOnlyList<int> v, Option<{{state}}> s) => new(s.TryGetValue(out var t) ? {{next}} : {{first}});
        }
        """);

    /// <summary>A program whose keys are of another type.</summary>
    public static string Keyed(string key, string make, string types = "") =>
        Shop($"var keyed = pairs.Map(pair => ({make}, pair.Item2));\n" + Update("total", Sum, "", $"{key}, int, long", "keyed"), types);

    /// <summary>A window that sums up by keys.</summary>
    public static string Window(string length, string slide, bool hasInverse = true, string of = "pairs", string named = "") =>
        $"log.Show(\"window\", {of}.ReduceByKeyAndWindow((a, b) => a + b, {(hasInverse ? "(a, b) => a - b, " : "")}TimeSpan.FromSeconds({length}), TimeSpan.FromSeconds({slide})){named});\n";
}
