namespace CodegenStreaming.Execution.Operators;

/// <summary>The target of a function of the runtime's own. Two that are equal do the same, though their delegates are not equal.</summary>
internal abstract record FirstValue;

/// <summary>Begins a combination with a first value.</summary>
internal sealed record FirstValue<TValue, TCombined>(TCombined Zero, Func<TCombined, TValue, TCombined> Add) : FirstValue
{
    public TCombined Create(TValue value) => Add(Zero, value);
}
