using System.Collections.Immutable;

namespace CodegenStreaming;

/// <summary>The process's active contexts, for <see cref="StreamingContext.GetActive"/>: the only static state. Thread-safe.</summary>
internal static class ActiveContext
{
    private static ImmutableList<StreamingContext> _active = [];

    /// <summary>The one started last.</summary>
    public static StreamingContext? Latest => Volatile.Read(ref _active).LastOrDefault();

    /// <summary>The first one for which something holds.</summary>
    public static StreamingContext? Find(Predicate<StreamingContext> predicate) => Volatile.Read(ref _active).Find(predicate);

    public static void Add(StreamingContext context) => ImmutableInterlocked.Update(ref _active, active => active.Add(context));

    public static void Remove(StreamingContext context) => ImmutableInterlocked.Update(ref _active, active => active.Remove(context));
}
