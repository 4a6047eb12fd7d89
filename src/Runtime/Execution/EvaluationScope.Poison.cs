namespace CodegenStreaming.Execution;

/// <content>Records that were left out of the batch.</content>
internal sealed partial class EvaluationScope
{
    private List<PoisonRecord>? _poison;

    /// <summary>A task has left records out, and succeeded.</summary>
    public void AddPoison(IReadOnlyList<PoisonRecord> records)
    {
        lock (_lock)
        {
            (_poison ??= []).AddRange(records);
        }
    }

    /// <summary>What has been left out so far.</summary>
    public PoisonRecord[] TakePoison()
    {
        lock (_lock)
        {
            return [.. _poison ?? []];
        }
    }
}
