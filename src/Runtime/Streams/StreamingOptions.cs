namespace CodegenStreaming;

/// <summary>How a streaming context runs. Plain settings, bound from configuration.</summary>
public sealed class StreamingOptions
{
    /// <summary>The application's name, for thread names, logs and metrics.</summary>
    public string AppName { get; set; } = "CodegenStreaming";

    /// <summary>Where tasks run: <c>local</c> (one thread), <c>local[n]</c>, <c>local[*]</c> (one per processor, the default).</summary>
    public string Master { get; set; } = "local[*]";

    /// <summary>The time between two batches. One second by default.</summary>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a receiver fills one block, which is one partition of a batch. Null (the default): 200 ms, or the batch interval if that is less.</summary>
    public TimeSpan? BlockInterval { get; set; }

    /// <summary>The partitions of an exchange whose operator names no number. Null (the default): the number of task threads.</summary>
    public int? DefaultParallelism { get; set; }

    /// <summary>The bound on received, unprocessed data, in bytes; at the bound sources pause. 256 MB by default.</summary>
    public long MaxPendingBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How often a task may fail before its batch fails. One by default, as in Spark's local mode.</summary>
    public int MaxTaskFailures { get; set; } = 1;

    /// <summary>How many jobs run at once. One by default: outputs and batches strictly one after another.</summary>
    public int ConcurrentJobs { get; set; } = 1;

    /// <summary>How long a graceful stop waits for received data to be processed. Null (the default): ten batch intervals.</summary>
    public TimeSpan? GracefulStopTimeout { get; set; }

    /// <summary>False to run every operator through its delegates, one by one, as if nothing had been generated.</summary>
    public bool UseGeneratedLoops { get; set; } = true;
}
