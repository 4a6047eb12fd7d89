namespace CodegenStreaming.Execution.Windows;

/// <summary>A window's length and slide, in batches, over a stream.</summary>
/// <param name="Grid">The batch times.</param>
/// <param name="Length">How many batches it reaches back.</param>
/// <param name="Slide">How many batches lie between two windows.</param>
/// <param name="Step">The slide of the stream that it reads.</param>
internal sealed record WindowRange(BatchGrid Grid, int Length, int Slide, int Step)
{
    /// <summary>Whether what enters a window together leaves it together.</summary>
    public bool LeavesTogether => Length % Slide == 0;

    public static WindowRange Create(BatchGrid grid, DatasetNode parent, TimeSpan length, TimeSpan? slide, string lengthParameter, string slideParameter) => new(
        grid,
        grid.CountOf(length, parent.Slide, "window's length", lengthParameter),
        slide is { } given ? grid.CountOf(given, parent.Slide, "window's slide", slideParameter) : parent.Slide,
        parent.Slide);

    /// <summary>
    /// What a window does not have any more that the one before it had, and what it has that that one had not. A slide that is longer than the window
    /// leaves batches out: they never enter.
    /// </summary>
    /// <param name="scope">The window's batch.</param>
    /// <param name="window">The window.</param>
    /// <param name="history">The batches.</param>
    /// <param name="first">
    /// The first batch that has entered, once one has. A history that was restored may have earlier ones, where the window began anew: they do not leave.
    /// </param>
    public (KeptBatch<T>[] Left, KeptBatch<T>[] Entered) Changes<T>(EvaluationScope scope, DatasetNode window, BatchHistory<T> history, ref long? first)
    {
        var number = NumberOf(scope);
        var all = history.Read(scope, window, number - Length - Slide, number);
        var before = number - Slide;
        var oldest = first ??= before + 1;
        return (
            Array.FindAll(all, batch => batch.Number >= oldest && batch.Number <= before && batch.Number <= number - Length),
            Array.FindAll(all, batch => batch.Number > before && batch.Number > number - Length));
    }

    /// <summary>The number of a scope's batch.</summary>
    public long NumberOf(EvaluationScope scope) => Grid.NumberOf(scope.Time ?? throw new InvalidOperationException("A window belongs to a batch."));
}
