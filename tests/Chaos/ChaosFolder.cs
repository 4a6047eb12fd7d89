using System.Globalization;

namespace CodegenStreaming.Chaos;

/// <summary>Where everything lies that processes leave to one another.</summary>
/// <param name="Root">The folder of a run.</param>
internal sealed record ChaosFolder(string Root)
{
    public const string BatchPrefix = "batch";

    private static readonly string[] Outputs = ["records", "sums", "window", "totals", "visits", "final"];

    /// <summary>The log that the feeder appends to.</summary>
    public string Log => Path.Combine(Root, "in", "log");

    /// <summary>Where the feeder moves files to.</summary>
    public string Files => Path.Combine(Root, "in", "files");

    public string Checkpoint => Path.Combine(Root, "checkpoint");

    /// <summary>What the store has deleted and a loss of power may bring back.</summary>
    public string Deleted => Path.Combine(Root, "deleted");

    /// <summary>While it is there, no byte can be written: its content says where.</summary>
    public string FullDisk => Path.Combine(Root, "full-disk");

    /// <summary>While it is there, some records make their function throw.</summary>
    public string Poison => Path.Combine(Root, "poison");

    /// <summary>When it is there, a child stops gracefully and writes its states down.</summary>
    public string Stop => Path.Combine(Root, "stop");

    /// <summary>The folders of the batches' records.</summary>
    public string Records => Output("records");

    public string Output(string name) => Path.Combine(Root, "out", name);

    /// <summary>What a child has done, written line by line while it does it.</summary>
    public string JournalOf(int life) => Path.Combine(Root, "journals", life.ToString("D4", CultureInfo.InvariantCulture));

    /// <summary>What a child has logged.</summary>
    public string LogOf(int life) => JournalOf(life) + ".log";

    public void Create()
    {
        foreach (var folder in (string[])[Log, Files, Checkpoint, Deleted, .. Outputs.Select(Output), Path.GetDirectoryName(JournalOf(0))!])
        {
            Directory.CreateDirectory(folder);
        }
    }
}
