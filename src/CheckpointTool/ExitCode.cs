namespace CodegenStreaming.CheckpointTool;

/// <summary>What the process says to a script.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is as it should be.</summary>
    public const int Whole = 0;

    /// <summary>There is damage, or a difference.</summary>
    public const int Damaged = 1;

    /// <summary>Nothing could be looked at: no such directory, no checkpoint in it, arguments that mean nothing.</summary>
    public const int Unusable = 2;
}
