using System.Collections.Concurrent;
using System.ComponentModel;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>A generated loop; what the plan knows of it without its record types.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FusedLoop
{
    private protected FusedLoop()
    {
    }
}

/// <summary>A generated loop by the type of its results.</summary>
/// <typeparam name="TOut">What the loop writes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FusedLoop<TOut> : FusedLoop
{
    /// <summary>Empty outputs of earlier tasks. They outlive the operators that are made anew in each batch.</summary>
    private ConcurrentBag<RecordOutput<TOut>>? _laidBy;

    private protected FusedLoop()
    {
    }

    /// <summary>True where nothing of the loop runs for a partition without records.</summary>
    internal abstract bool IsByRecord { get; }

    /// <summary>Pushes a partition through the loop, in runs of at most <see cref="LoopInput.RunLength"/> records.</summary>
    internal abstract void RunFrom(LoopInput input, RecordOutput<TOut> output, CancellationToken cancellation);

    /// <summary>The same, pulled by the consumer.</summary>
    internal abstract IEnumerable<TOut> PullFrom(LoopInput input, CancellationToken cancellation);

    /// <summary>
    /// The output that belongs to the loop's wide operator, with the functions inlined; null where the runtime makes it (counts, blocks and so on).
    /// </summary>
    public virtual RecordOutput<TOut>? CreateOutput() => null;

    /// <summary>True for a loop without operators before the one that ends it: there is nothing to run, but a function to be given.</summary>
    public virtual bool HoldsFunctionOnly => false;

    /// <summary>Gives the function of the operator that ends the loop, inlined, to what calls it behind an exchange.</summary>
    public virtual void GiveFunction(FunctionTaker taker)
    {
    }

    /// <summary>One that was laid by, or a new one.</summary>
    internal RecordOutput<TOut>? TakeOutput() => _laidBy is { } laidBy && laidBy.TryTake(out var output) ? output : CreateOutput();

    /// <summary>Keeps an output, emptied, for a later task.</summary>
    internal void LayBy(RecordOutput<TOut> output) => LazyInitializer.EnsureInitialized(ref _laidBy).Add(output);
}

/// <summary>
/// One chain of operators as one loop. Generated code derives from it: its loop is a private method, generic over both its ends (not a virtual one,
/// which would be looked up at each call), in which the functions are inlined.
/// Instances are shared by the tasks of a stage: they hold the pipeline and delegates, and what tasks lay by for others.
/// </summary>
/// <typeparam name="TIn">What the loop reads.</typeparam>
/// <typeparam name="TOut">What the loop writes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FusedLoop<TIn, TOut> : FusedLoop<TOut>
{
    /// <summary>Binds a run of records in memory and the task's output to the loop's ends, and runs it. An exception of a user's function leaves both ends undefined.</summary>
    public abstract void Execute(ReadOnlySpan<TIn> records, RecordOutput<TOut> output);

    /// <summary>The same over lines of UTF-8 text; overridden where <typeparamref name="TIn"/> is <see cref="Utf8Slice"/>.</summary>
    public virtual void ExecuteText(Utf8Lines lines, RecordOutput<TOut> output) =>
        throw new InvalidOperationException($"{GetType().Name} reads {typeof(TIn)}, not lines of text.");

    /// <summary>The vectorised form over contiguous memory; false where the loop has none.</summary>
    public virtual bool TryRunVector(ReadOnlySpan<TIn> records, RecordOutput<TOut> output) => false;

    /// <summary>The pull form, for consumers that take an enumerable. A chain that ends in a combination, a count and so on has none.</summary>
    public virtual IEnumerable<TOut> Pull(IEnumerable<TIn> records) =>
        throw new InvalidOperationException($"{GetType().Name} ends in an operator that takes no enumerable.");

    internal sealed override bool IsByRecord => true;

    internal sealed override void RunFrom(LoopInput input, RecordOutput<TOut> output, CancellationToken cancellation)
    {
        var typed = (LoopInput<TIn>)input;
        if (typed.TryGetBlock(out var block))
        {
            RunBlock(block, output, cancellation);
        }
        else if (output.KeepsText is var keepsText && typed.TryOpenBlocks(keepsText, out var blocks))
        {
            foreach (var next in blocks)
            {
                RunBlock(next, output, cancellation);
                if (!keepsText)
                {
                    output.LeaveText();
                }

                if (output.IsFull)
                {
                    break;
                }
            }
        }
        else
        {
            typed.Push(new LinkedOutput<TIn, TOut>(this, output));
        }
    }

    internal sealed override IEnumerable<TOut> PullFrom(LoopInput input, CancellationToken cancellation) =>
        Pull(((LoopInput<TIn>)input).Read());

    private void RunBlock(Block<TIn> block, RecordOutput<TOut> output, CancellationToken cancellation)
    {
        if (block is Utf8TextBlock { KnowsLines: false } whole)
        {
            // A piece of a file, which is no longer than a run is.
            cancellation.ThrowIfCancellationRequested();
            ExecuteText(whole.Lines(), output);
            output.Relieve();
            return;
        }

        for (var start = 0; start < block.Count && !output.IsFull; start += LoopInput.RunLength)
        {
            cancellation.ThrowIfCancellationRequested();
            if (start > 0)
            {
                output.Expect(start, block.Count);
            }

            var length = Math.Min(LoopInput.RunLength, block.Count - start);
            if (block is Utf8TextBlock text)
            {
                ExecuteText(text.Lines(start, length), output);
            }
            else
            {
                var records = block.Records.Slice(start, length);
                if (!TryRunVector(records, output))
                {
                    Execute(records, output);
                }
            }

            output.Relieve();
        }
    }
}
