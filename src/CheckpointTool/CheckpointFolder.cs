using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.CheckpointTool;

/// <summary>The directory that a command is about.</summary>
internal static class CheckpointFolder
{
    /// <summary>Does something with the checkpoints in a directory; says so where that cannot be done.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="error">Where it goes why it cannot be done.</param>
    /// <param name="act">What to do.</param>
    /// <returns>The exit code.</returns>
    public static int Use(string directory, TextWriter error, Func<ICheckpointStore, int> act)
    {
        try
        {
            // The store would make it.
            if (!Directory.Exists(directory))
            {
                error.WriteLine(File.Exists(directory) ? $"{directory} is a file; the directory of the checkpoints is wanted." : $"There is no directory {directory}.");
                return ExitCode.Unusable;
            }

            var store = new LocalCheckpointStore(directory);
            if (!store.List().Any(static name => FileNames.TryParseManifest(name, out _)))
            {
                error.WriteLine($"There is no checkpoint in {store.Location}: no file of the name manifest-… lies in it.");
                return ExitCode.Unusable;
            }

            return act(store);
        }
        catch (StreamingException exception)
        {
            error.WriteLine(exception.Message);
            return ExitCode.Damaged;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return ExitCode.Unusable;
        }
    }
}
