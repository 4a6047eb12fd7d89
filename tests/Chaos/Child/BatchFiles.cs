using System.Globalization;
using System.Text;
using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Chaos.Child;

/// <summary>Files named by batch times: a batch that is run again replaces what it has written. Each is on the disk before its batch goes on.</summary>
internal sealed class BatchFiles(ChaosFolder folder)
{
    public void Write(string output, BatchTime time, string text) => Write(output, time.Milliseconds.ToString(CultureInfo.InvariantCulture), text);

    public void Write(string output, string name, string text)
    {
        if (DiskFault.IsFull(folder, DiskFault.Outputs))
        {
            throw DiskFault.Failure();
        }

        var directory = folder.Output(output);
        var path = Path.Combine(directory, name);
        var unfinished = Path.Combine(directory, "." + name);
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        DirectoryFlush.Flush(directory);
    }
}
