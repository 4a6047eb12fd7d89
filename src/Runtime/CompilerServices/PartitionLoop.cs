using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>One chain that begins with an operator over a whole partition (<c>MapPartitions</c>, <c>Glom</c>). Generated code derives from it.</summary>
/// <typeparam name="TIn">What the loop reads.</typeparam>
/// <typeparam name="TOut">What the loop writes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PartitionLoop<TIn, TOut> : FusedLoop<TOut>
{
    /// <summary>Binds the task's output to the loop's end, and runs the partition through it.</summary>
    public abstract void Execute(IEnumerable<TIn> records, RecordOutput<TOut> output);

    /// <summary>The pull form, for consumers that take an enumerable. A chain that ends in a combination, a count and so on has none.</summary>
    public virtual IEnumerable<TOut> Pull(IEnumerable<TIn> records) =>
        throw new InvalidOperationException($"{GetType().Name} ends in an operator that takes no enumerable.");

    internal sealed override bool IsByRecord => false;

    internal sealed override void RunFrom(LoopInput input, RecordOutput<TOut> output, CancellationToken cancellation)
    {
        if (!output.IsFull)
        {
            Execute(((LoopInput<TIn>)input).Read(), output);
        }
    }

    internal sealed override IEnumerable<TOut> PullFrom(LoopInput input, CancellationToken cancellation) =>
        Pull(((LoopInput<TIn>)input).Read());
}
