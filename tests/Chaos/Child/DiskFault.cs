namespace CodegenStreaming.Chaos.Child;

/// <summary>A disk without room, as the parent orders it by a file.</summary>
internal static class DiskFault
{
    /// <summary>No checkpoint can be written.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>No output can be written.</summary>
    public const string Outputs = "outputs";

    /// <summary>What the message of the failure says.</summary>
    public const string Message = "No space left on device";

    public static bool IsFull(ChaosFolder folder, string place)
    {
        try
        {
            return File.Exists(folder.FullDisk) && File.ReadAllText(folder.FullDisk) == place;
        }
        catch (FileNotFoundException)
        {
            return false; // There is room again.
        }
    }

    public static IOException Failure() => new(Message);
}
