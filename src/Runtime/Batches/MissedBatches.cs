namespace CodegenStreaming;

/// <summary>What becomes of the batches whose time has passed while the program was not running.</summary>
public enum MissedBatches
{
    /// <summary>Each of them runs, in order and with its time: windows and states are as if the program had never stopped.</summary>
    Run,

    /// <summary>
    /// Only the last of them runs and gets everything that has come meanwhile. For programs that want to be up to date soon and whose results do not depend on time.
    /// </summary>
    Merge,
}
