namespace CodegenStreaming.Generators.Tests.Upgrades;

/// <summary>An old program and a new one, and what comes of it.</summary>
/// <param name="Name">What has changed.</param>
/// <param name="Old">The old program: members of a namespace.</param>
/// <param name="New">The new one.</param>
internal sealed record UpgradeCase(string Name, string Old, string New)
{
    /// <summary>The latest results of the new program; null where it is refused.</summary>
    public string[]? Expected { get; init; }

    /// <summary>What the refusal says.</summary>
    public string[]? Refused { get; init; }

    /// <summary>The states that the new program may give up from the beginning.</summary>
    public string[] Discarded { get; init; } = [];

    public int NewBatchSeconds { get; init; } = 1;

    public int OldParallelism { get; init; } = 2;

    public int NewParallelism { get; init; } = 2;

    public bool OldLoops { get; init; } = true;

    public bool NewLoops { get; init; } = true;

    /// <summary>Whether the old program has to be stopped gracefully; by default it is tried either way.</summary>
    public bool OnlyGraceful { get; init; }

    /// <summary>Whether a refusal cannot be settled by giving states up.</summary>
    public bool HasNoDiscard { get; init; }

    /// <summary>The namespace of both programs, each in its own assembly.</summary>
    public string Namespace => $"Case{Name}";

    public override string ToString() => Name;
}
