namespace CodegenStreaming.Chaos.Regime;

/// <summary>
/// A machine that loses its power with the process. Killing a process loses nothing that it has given to the operating system, so what had not been flushed at that
/// moment is taken away here, in the checkpoint and in the outputs. A file whose bytes were not flushed is gone, empty, torn, has zeros where it had bytes, or is
/// whole; a file or a folder whose name was not flushed is gone or is there. A file that was deleted is there again, unless the directory was flushed since.
/// <para>
/// Where the process has taken notes of its flushes (<see cref="FlushNotes"/>) they decide. Where it could not, the store is trusted: what it has returned from is
/// flushed, what it was about to create is not; and outputs are left alone.
/// </para>
/// </summary>
internal sealed class PowerLoss(ChaosFolder folder, Random random)
{
    private int _changed;

    /// <summary>Loses what was not flushed.</summary>
    /// <param name="journal">What the process has done.</param>
    /// <param name="flushed">What it has flushed; null where that is not known.</param>
    /// <param name="since">When it was started: older files have survived.</param>
    /// <returns>How many files are not as the process left them.</returns>
    public int Strike(JournalReader journal, FlushedFiles? flushed, DateTime since)
    {
        _changed = 0;
        if (flushed is null)
        {
            foreach (var path in journal.UnderWay.Order(StringComparer.Ordinal).Select(name => Path.Combine(folder.Checkpoint, name)).Where(File.Exists))
            {
                LoseBytes(path);
            }
        }
        else
        {
            LoseUnflushed(folder.Checkpoint, flushed, since);
            LoseUnflushed(Path.GetDirectoryName(folder.Records)!, flushed, since);
        }

        foreach (var name in journal.Gone)
        {
            var path = Path.Combine(folder.Deleted, name);
            if (File.Exists(path) && random.Next(2) == 0)
            {
                File.Move(path, Path.Combine(folder.Checkpoint, name), overwrite: true);
                _changed++;
            }
        }

        return _changed;
    }

    private void LoseUnflushed(string directory, FlushedFiles flushed, DateTime since)
    {
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles().Where(file => file.LastWriteTimeUtc >= since).OrderBy(static file => file.Name, StringComparer.Ordinal).ToArray())
        {
            if (!flushed.HasName(file.FullName) && random.Next(2) == 0)
            {
                file.Delete();
                _changed++;
            }
            else if (!flushed.HasBytes(file.FullName, file.Length))
            {
                LoseBytes(file.FullName);
            }
        }

        foreach (var inside in Directory.GetDirectories(directory).Order(StringComparer.Ordinal))
        {
            // Those of the run's own were there before; those of batches are new with their process.
            var isOfBatch = directory == folder.Records;
            if (isOfBatch && Directory.GetCreationTimeUtc(inside) < since)
            {
                continue;
            }

            if (isOfBatch && !flushed.HasName(inside) && random.Next(2) == 0)
            {
                Directory.Delete(inside, recursive: true);
                _changed++;
            }
            else
            {
                LoseUnflushed(inside, flushed, since);
            }
        }
    }

    private void LoseBytes(string path)
    {
        var length = new FileInfo(path).Length;
        switch (random.Next(5))
        {
            case 0:
                File.Delete(path);
                break;
            case 1:
                Truncate(path, 0);
                break;
            case 2:
                Truncate(path, random.NextInt64(length + 1));
                break;
            case 3:
                Scatter(path, length);
                break;
            default:
                return;
        }

        _changed++;
    }

    private static void Truncate(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    /// <summary>The length has survived, and of the bytes only some pages.</summary>
    private void Scatter(string path, long length)
    {
        const int Page = 4096;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        for (long start = 0; start < length; start += Page)
        {
            if (random.Next(2) == 0)
            {
                file.Position = start;
                file.Write(new byte[Math.Min(Page, length - start)]);
            }
        }
    }
}
