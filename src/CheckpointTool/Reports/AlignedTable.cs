namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>Rows of text in columns that are as wide as they need to be. Nothing is written of a table without rows.</summary>
/// <param name="headings">The columns' headings; those of numbers, which stand at the right, begin with a <c>&gt;</c>.</param>
internal sealed class AlignedTable(params string[] headings)
{
    private const string Gap = "  ";
    private const string Indent = "  ";

    private readonly List<string[]> _rows = [];
    private readonly List<(int Row, string Text)> _lines = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Adds a line below the last row that belongs to no column.</summary>
    public void AddLine(string text) => _lines.Add((_rows.Count, text));

    public void Write(TextWriter output)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        string[] titles = [.. headings.Select(static heading => heading.TrimStart('>'))];
        int[] widths = [.. titles.Select((title, column) => _rows.Max(row => row[column].Length) is var width && width > title.Length ? width : title.Length)];
        if (titles.Any(static title => title.Length > 0))
        {
            WriteRow(output, titles, widths);
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            WriteRow(output, _rows[row], widths);
            foreach (var (_, text) in _lines.Where(line => line.Row == row + 1))
            {
                output.WriteLine($"{Indent}{Indent}{text}");
            }
        }
    }

    private void WriteRow(TextWriter output, string[] cells, int[] widths) => output.WriteLine(
        (Indent + string.Join(Gap, cells.Select((cell, column) => headings[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))).TrimEnd());
}
