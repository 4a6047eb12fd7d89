using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Which first operators of a chain over text are done on the whole buffer. What they give is compared by the random programs and golden programs.</summary>
public sealed class TextHeadTests
{
    [Theory]
    [InlineData("FlatMap(line => line.Split(' '))", "TextSource.Split(lines, ' ', leaveOutEmpty: false)")]
    [InlineData("FlatMap(line => line.Split(Comma))", "TextSource.Split(lines, ',', leaveOutEmpty: false)")]
    [InlineData("FlatMap(static line => { return line.Split('\\t'); })", "TextSource.Split(lines, '\\t', leaveOutEmpty: false)")]
    [InlineData("FlatMap((Utf8Slice text) => (text.Split(separator: ' ', options: StringSplitOptions.RemoveEmptyEntries)))", "TextSource.Split(lines, ' ', leaveOutEmpty: true)")]
    [InlineData("FlatMap<Utf8Slice>(line => (IEnumerable<Utf8Slice>)line.Split(' '))", "TextSource.Split(lines, ' ', leaveOutEmpty: false)")]
    [InlineData("FlatMap(line => line.Split(' ', ';', Comma))", "TextSource.Split(lines, \" ;,\", leaveOutEmpty: false)")]
    [InlineData("FlatMap(line => line.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries))", "TextSource.Split(lines, \" ;\", leaveOutEmpty: true)")]
    [InlineData("FlatMap(line => line.Split(new[] { ' ', ';' }, StringSplitOptions.None))", "TextSource.Split(lines, \" ;\", leaveOutEmpty: false)")]
    [InlineData("FlatMap(line => line.Split())", "TextSource.Split(lines, \"\\t\\n\\v\\f\\r \", leaveOutEmpty: false)")]
    [InlineData("Filter(line => line.Contains(\"ab\"u8))", "TextSource.Containing(lines, \"ab\"u8)")]
    [InlineData("Filter(line => line.Contains(Word))", "TextSource.Containing(lines, \"\\\"é\\\"\"u8)")]
    [InlineData("Filter(line => line.Contains(\"a\" + Word))", "TextSource.Containing(lines, \"a\\\"é\\\"\"u8)")]
    [InlineData("Filter(line => line.Contains('€'))", "TextSource.Containing(lines, \"€\"u8)")]
    [InlineData("Filter(line => line.Contains(\"a\"u8) && line.Length > least && line.Contains(\"b\"u8))", "TextSource.Containing(lines, \"a\"u8)")]
    public void Head_IsASourceOverTheBuffer(string head, string source)
    {
        var text = Generated(head);
        Assert.Contains(source, text, StringComparison.Ordinal);
        Assert.Contains(source.Replace("(lines,", "(records,", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FlatMap(line => line.Split(separator))")]
    [InlineData("FlatMap(line => line.Split(' ', StringSplitOptions.TrimEntries))")]
    [InlineData("FlatMap(line => line.Split(' ', options))")]
    [InlineData("FlatMap(line => line.Split(\", \"))")]
    [InlineData("FlatMap(line => line.Split(Arrow))")]
    [InlineData("FlatMap(line => line.Split(' ', separator))")]
    [InlineData("FlatMap(line => line.Trim().Split(' '))")]
    [InlineData("FlatMap(line => line.Split(' ').Where(word => word.Length > 1))")]
    [InlineData("FlatMap(line => Kept.Split(' '))")]
    [InlineData("FlatMap<Utf8Slice>(line => { least++; return line.Split(' '); })")]
    [InlineData("Filter(line => line.Contains(\"\"u8))")]
    [InlineData("Filter(line => line.Contains(\"a\\nb\"))")]
    [InlineData("Filter(line => line.Contains(\"\\ud800\"))")]
    [InlineData("Filter(line => line.Contains(wanted))")]
    [InlineData("Filter(line => !line.Contains(\"a\"u8))")]
    [InlineData("Filter(line => line.Contains(\"a\"u8) || line.Length > 3)")]
    [InlineData("Filter(line => line.Length > 3 && line.Contains(\"a\"u8))")]
    [InlineData("Filter(line => Kept.Contains(\"a\"u8))")]
    [InlineData("Filter(line => line.Contains(\"a\"u8) & line.Length > 3)")]
    [InlineData("Filter(line => line.Length > 3).FlatMap(line => line.Split(' '))")]
    [InlineData("Map(line => line.ToString()).FlatMap(line => line.Split(' ')).Filter(line => line.Contains(\"a\"))")]
    public void OtherHeads_KeepTheGeneralForm(string head) => Assert.DoesNotContain("TextSource", Generated(head), StringComparison.Ordinal);

    private static string Generated(string head)
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", $$"""
            [StreamingPipeline]
            public sealed partial class P(int least, string wanted, char separator, StringSplitOptions options)
            {
                private const char Comma = ',';
                private const char Arrow = '→';
                private const string Word = "\"é\"";
                private static readonly Utf8Slice Kept = Utf8Slice.Copy("kept a b");

                public void Define(StreamingContext streaming) => streaming.Input<Utf8Slice>("lines").{{head}}.Count().Print();
            }
            """)]));
        run.AssertCompiles();
        return run.Sources.First(source => source.Name == "P.g.cs").Text;
    }
}
