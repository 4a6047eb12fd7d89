using System.Collections;
using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming;

/// <summary>The pieces of a text between the occurrences of one character. Enumerated with <c>foreach</c> it allocates nothing.</summary>
public readonly struct Utf8Split : IEnumerable<Utf8Slice>
{
    private readonly SplitCursor<OneSeparator> _cursor;

    internal Utf8Split(Utf8TextBlock? block, int start, int length, byte separator, StringSplitOptions options) =>
        _cursor = new SplitCursor<OneSeparator>(block, start, length, new OneSeparator(separator), options);

    /// <summary>The number of pieces; they are counted at each call.</summary>
    public int Length
    {
        get
        {
            var cursor = _cursor;
            return cursor.Count();
        }
    }

    /// <summary>The piece of a number, from zero. The pieces before it are counted, those behind it are not looked at.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many pieces.</exception>
    public Utf8Slice this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            return TryFind(index, out var piece) ? piece : throw new ArgumentOutOfRangeException(nameof(index), index, "The text has fewer pieces.");
        }
    }

    internal bool TryFind(int index, out Utf8Slice piece)
    {
        var cursor = _cursor;
        var isFound = cursor.MoveTo(index);
        piece = isFound ? cursor.Current : default;
        return isFound;
    }

    /// <summary>An enumerator of the pieces.</summary>
    public Enumerator GetEnumerator() => new(_cursor);

    /// <inheritdoc/>
    IEnumerator<Utf8Slice> IEnumerable<Utf8Slice>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks over the pieces.</summary>
    public struct Enumerator : IEnumerator<Utf8Slice>
    {
        private SplitCursor<OneSeparator> _cursor;

        internal Enumerator(SplitCursor<OneSeparator> cursor) => _cursor = cursor;

        /// <summary>The piece.</summary>
        public readonly Utf8Slice Current => _cursor.Current;

        /// <inheritdoc/>
        readonly object IEnumerator.Current => Current;

        /// <summary>Goes to the next piece; false after the last.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext() => _cursor.MoveNext();

        /// <inheritdoc/>
        readonly void IEnumerator.Reset() => throw new NotSupportedException("Enumerate the pieces anew instead.");

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
