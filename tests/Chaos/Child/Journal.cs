using System.Globalization;
using System.Text;

namespace CodegenStreaming.Chaos.Child;

/// <summary>
/// What a child does, line by line. Each line is given to the operating system before the next thing is done, so it survives a kill: the parent knows what was under
/// way. Thread-safe.
/// </summary>
internal sealed class Journal : IDisposable
{
    public const string Begin = "begin";
    public const string End = "end";
    public const string Gone = "gone";
    public const string Batch = "batch";
    public const string Compacted = "compacted";

    private readonly Lock _lock = new();
    private readonly FileStream _file;

    public Journal(string path) => _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(string what, string text)
    {
        var line = Encoding.UTF8.GetBytes($"{what} {text}\n");
        lock (_lock)
        {
            _file.Write(line);
        }
    }

    public void Write(string what, long number) => Write(what, number.ToString(CultureInfo.InvariantCulture));

    public void Dispose() => _file.Dispose();
}
