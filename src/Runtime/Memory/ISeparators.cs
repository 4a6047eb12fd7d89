using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>Which bytes separate the pieces of a text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISeparators
{
    /// <summary>A bit for each of 64 bytes, set for a separator; the first byte's is the lowest.</summary>
    internal ulong Mask(ref readonly byte text);

    /// <summary>The same, with the newlines between lines set too.</summary>
    internal ulong MaskWithLineEnds(ref readonly byte text);
}

/// <summary>One byte.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OneSeparator : ISeparators
{
    private readonly byte _value;

    internal OneSeparator(byte value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ulong ISeparators.Mask(ref readonly byte text) => ByteMask.Of(in text, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ulong ISeparators.MaskWithLineEnds(ref readonly byte text) => ByteMask.OfEither(in text, _value, Utf8TextBlock.LineEnd);
}

/// <summary>Several ASCII characters.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AsciiSeparators : ISeparators
{
    private readonly AsciiSet _set;

    internal AsciiSeparators(ReadOnlySpan<char> characters) => _set = new AsciiSet(characters);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ulong ISeparators.Mask(ref readonly byte text) => ByteMask.OfSet(in text, _set);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ulong ISeparators.MaskWithLineEnds(ref readonly byte text) => ByteMask.OfSet(in text, _set) | ByteMask.Of(in text, Utf8TextBlock.LineEnd);
}
