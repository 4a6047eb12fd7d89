namespace CodegenStreaming.CompilerServices;

/// <summary>A loop as an output: what is written to it goes through the loop's chain. Joins chains across methods, with no block between them.</summary>
internal sealed class LinkedOutput<TIn, TOut>(FusedLoop<TIn, TOut> loop, RecordOutput<TOut> output) : RecordOutput<TIn>
{
    public override bool IsFull => output.IsFull;

    internal override bool KeepsText => output.KeepsText;

    internal override void LeaveText() => output.LeaveText();

    internal override void Relieve() => output.Relieve();

    public override void Write(TIn record) => loop.Execute(new ReadOnlySpan<TIn>(in record), output);
}
