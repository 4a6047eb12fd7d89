using System.Collections.Concurrent;
using System.Globalization;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>What a test program's outputs write to. Thread-safe.</summary>
public sealed class ResultLog : IDisposable
{
    /// <summary>What stands in a line for records that are not those that were expected.</summary>
    internal const string Wrong = " is wrong";

    /// <summary>What a line ends with, behind their number, for records that are.</summary>
    internal const string Right = " as expected";

    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("outputs-"));
    private readonly ConcurrentDictionary<string, int> _touched = new();
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _unordered = new();
    private readonly List<string> _lines = [];

    /// <summary>What <c>Print</c> wrote.</summary>
    internal StringWriter Printed { get; } = new(CultureInfo.InvariantCulture);

    /// <summary>The lines in their order, then what was logged without one, sorted.</summary>
    internal IReadOnlyList<string> Lines =>
        [
            .. _lines,
            .. Printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            .. _unordered.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{entry.Key}: unordered [{string.Join(" | ", entry.Value.Order(StringComparer.Ordinal))}]"),
            .. _touched.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: called {entry.Value}"),
        ];

    internal int Batch { get; set; }

    /// <summary>Logs records whose order matters.</summary>
    public void Add<T>(string output, IEnumerable<T> records) => Line($"{Batch} {output}: [{string.Join(" | ", records.Select(RecordText.Of))}]");

    /// <summary>Logs one value.</summary>
    public void Add<T>(string output, T value)
        where T : struct => Line($"{Batch} {output}: {RecordText.Of(value)}");

    /// <summary>Says so where records differ from those that were expected, in whatever order.</summary>
    public void Same<T>(string output, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        string[] right = [.. expected.Select(TextOf).Order(StringComparer.Ordinal)];
        string[] given = [.. actual.Select(TextOf).Order(StringComparer.Ordinal)];
        Line(right.SequenceEqual(given) ? $"{Batch} {output}: {given.Length}{Right}" : $"{Batch} {output}{Wrong}: [{string.Join(" | ", given)}], expected [{string.Join(" | ", right)}]");

        // Zeros are equal keys, and either may stand for both.
        static string TextOf(T record) => RecordText.Of(record).Replace(RecordText.Of(-0.0), RecordText.Of(0.0), StringComparison.Ordinal);
    }

    /// <summary>Logs from within tasks.</summary>
    public void Each<T>(string output, T record) => _unordered.GetOrAdd($"{Batch} {output}", _ => []).Add(RecordText.Of(record));

    /// <summary>Logs a partition from within a task: the order inside it counts, that of the partitions does not.</summary>
    public void Partition<T>(string output, IEnumerable<T> records) => Each(output, string.Join(" ; ", records.Select(RecordText.Of)));

    /// <summary>A folder of an output's own, which is not there yet.</summary>
    public string FolderOf(string output) => Path.Combine(_folder.Value.FullName, $"{output}-{Batch}");

    /// <summary>Logs the files of that folder, and removes it.</summary>
    public void AddFolder(string output)
    {
        var folder = FolderOf(output);
        Add(output, Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)}: {string.Join(" ; ", File.ReadLines(path))}"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Removes what failed outputs have left.</summary>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }
    }

    /// <summary>Counts a call of a record function and lets its value pass.</summary>
    public T Touch<T>(string name, T value)
    {
        _touched.AddOrUpdate($"{Batch} {name}", 1, (_, count) => count + 1);
        return value;
    }

    /// <summary>The calls of a record function in all batches.</summary>
    internal int Touched(string name) =>
        _touched.Where(entry => entry.Key.EndsWith(" " + name, StringComparison.Ordinal)).Sum(entry => entry.Value);

    internal void Failed(int output, Exception exception) => Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{Batch} output {output} failed: {(exception is StreamingTaskException task
            ? $"{task.OperatorName} (operator {task.OperatorId}), partition {task.Partition}, line {task.SourceLine}: {Describe(task.InnerException!)}"
            : Describe(exception))}"));

    private static string Describe(Exception exception) => $"{exception.GetType().FullName}: {exception.Message}";

    private void Line(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
