using System.Globalization;
using System.Text;
using CodegenStreaming.Chaos.Child;

namespace CodegenStreaming.Chaos.Regime;

/// <summary>What a child has noted so far, read while it lives and once more when it does not.</summary>
internal sealed class JournalReader(string path) : IDisposable
{
    private readonly StringBuilder _rest = new();
    private readonly HashSet<string> _underWay = [];
    private readonly List<string> _gone = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private FileStream? _file;

    /// <summary>The last batch that was done.</summary>
    public long NewestBatch { get; private set; }

    public int Batches { get; private set; }

    public int Compactions { get; private set; }

    /// <summary>Files that are being created.</summary>
    public IReadOnlyCollection<string> UnderWay => _underWay;

    /// <summary>Files whose deletion no file created later has made survive.</summary>
    public IReadOnlyList<string> Gone => _gone;

    public void Read()
    {
        if (_file is null)
        {
            if (!File.Exists(path))
            {
                return;
            }

            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }

        for (int count; (count = _file.Read(_buffer)) > 0;)
        {
            _rest.Append(Encoding.UTF8.GetString(_buffer, 0, count));
        }

        var text = _rest.ToString();
        var end = text.LastIndexOf('\n') + 1;
        _rest.Remove(0, end);
        foreach (var line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            Take(line[..space], line[(space + 1)..]);
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Take(string what, string text)
    {
        switch (what)
        {
            case Journal.Begin:
                _underWay.Add(text);
                break;
            case Journal.End:
                _underWay.Remove(text);
                _gone.Clear();
                break;
            case Journal.Gone:
                _gone.Add(text);
                break;
            case Journal.Batch:
                NewestBatch = Math.Max(NewestBatch, long.Parse(text, CultureInfo.InvariantCulture));
                Batches++;
                break;
            case Journal.Compacted:
                Compactions++;
                break;
        }
    }
}
