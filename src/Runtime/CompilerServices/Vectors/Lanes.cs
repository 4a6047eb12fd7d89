using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>What vectorised loops need beside the system's vectors: a lane holds what one record gives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Lanes
{
    /// <summary>Records that are taken through a vectorised filter before the rest of the loop sees the ones that pass: they stay in the nearest cache.</summary>
    public const int PartLength = 1024;

    /// <summary>The most records in a vector: what room for results has beyond the results, since a vector is stored whole.</summary>
    public const int Slack = 16;

    /// <summary>How many of the records fill vectors of any width.</summary>
    public static int WholeVectors(int count) => count & ~(Slack - 1);

    /// <summary>The records from a position on, at most <see cref="PartLength"/> of them.</summary>
    public static ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> records, int start) => records.Slice(start, Math.Min(PartLength, records.Length - start));
}
