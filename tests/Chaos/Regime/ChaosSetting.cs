namespace CodegenStreaming.Chaos.Regime;

/// <summary>How much there is to be.</summary>
/// <param name="Kills">How often a process is killed.</param>
/// <param name="Records">How many records there are.</param>
/// <param name="Keys">How many keys they have.</param>
/// <param name="Pace">How long a process is left alone after its first batch, on average.</param>
/// <param name="Seed">What chance begins with.</param>
/// <param name="Folder">Where everything lies; null for a folder of its own, which is removed when all is well.</param>
internal sealed record ChaosSetting(int Kills, long Records, int Keys, TimeSpan Pace, int Seed, string? Folder);

/// <summary>What becomes of a process.</summary>
internal enum Fate
{
    /// <summary>It is killed at any time.</summary>
    Kill,

    /// <summary>It is killed while it writes states.</summary>
    KillInCheckpoint,

    /// <summary>It is killed before it has done anything, or nearly.</summary>
    KillEarly,

    /// <summary>It gets no room on the disk any more, and ends.</summary>
    FullDisk,

    /// <summary>A record fails its batch, in two lives.</summary>
    Poison,
}
