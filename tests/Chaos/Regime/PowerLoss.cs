namespace CodegenStreaming.Chaos.Regime;

/// <summary>
/// A machine that loses its power with the process. Killing a process loses nothing that it has given to the operating system, so what had not been flushed at that
/// moment is taken away here: a file of the checkpoint whose creation had begun and not returned (it returns when file and directory are flushed) is gone, empty,
/// torn, or has other bytes than were written, or is whole; and a file that was deleted is there again, unless another one was created afterwards, whose flush of the
/// directory made the deletion last. It trusts the store that what it has returned from is flushed.
/// </summary>
internal static class PowerLoss
{
    /// <summary>Loses what was not flushed.</summary>
    /// <returns>How many files are not as the process left them.</returns>
    public static int Strike(ChaosFolder folder, JournalReader journal, Random random)
    {
        var changed = 0;
        foreach (var name in journal.UnderWay.Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder.Checkpoint, name);
            if (File.Exists(path) && Damage(path, random))
            {
                changed++;
            }
        }

        foreach (var name in journal.Gone)
        {
            var path = Path.Combine(folder.Deleted, name);
            if (File.Exists(path) && random.Next(2) == 0)
            {
                File.Move(path, Path.Combine(folder.Checkpoint, name), overwrite: true);
                changed++;
            }
        }

        return changed;
    }

    private static bool Damage(string path, Random random)
    {
        var length = new FileInfo(path).Length;
        switch (random.Next(5))
        {
            case 0:
                File.Delete(path);
                return true;
            case 1:
                Truncate(path, 0);
                return true;
            case 2:
                Truncate(path, random.NextInt64(length + 1));
                return true;
            case 3:
                // The length has survived, and of the bytes only some: zeros are where they were not written.
                Scatter(path, length, random);
                return true;
            default:
                return false;
        }
    }

    private static void Truncate(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    private static void Scatter(string path, long length, Random random)
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
