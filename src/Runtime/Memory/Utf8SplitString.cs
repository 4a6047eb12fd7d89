using System.Collections;
using System.Text;

namespace CodegenStreaming;

/// <summary>The pieces of a text between the occurrences of a string. Enumerated with <c>foreach</c> it allocates nothing.</summary>
public readonly struct Utf8SplitString : IEnumerable<Utf8Slice>
{
    private readonly Utf8Slice _text;
    private readonly string _separator;
    private readonly StringSplitOptions _options;

    internal Utf8SplitString(Utf8Slice text, string separator, StringSplitOptions options) => (_text, _separator, _options) = (text, separator, options);

    /// <summary>The number of pieces; they are counted at each call.</summary>
    public int Length
    {
        get
        {
            var (cursor, count) = (GetEnumerator(), 0);
            while (cursor.MoveNext())
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The piece of a number, from zero; the text before it is split again at each call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many pieces.</exception>
    public Utf8Slice this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            var cursor = GetEnumerator();
            for (var next = 0; cursor.MoveNext(); next++)
            {
                if (next == index)
                {
                    return cursor.Current;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(index), index, "The text has fewer pieces.");
        }
    }

    /// <summary>An enumerator of the pieces.</summary>
    public Enumerator GetEnumerator() => new(_text, _separator ?? "", _options);

    /// <inheritdoc/>
    IEnumerator<Utf8Slice> IEnumerable<Utf8Slice>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks over the pieces.</summary>
    public struct Enumerator : IEnumerator<Utf8Slice>
    {
        private readonly string _separator;
        private readonly StringSplitOptions _options;
        private Utf8Slice _rest;
        private bool _ended;

        internal Enumerator(Utf8Slice text, string separator, StringSplitOptions options) => (_rest, _separator, _options) = (text, separator, options);

        /// <summary>The piece.</summary>
        public Utf8Slice Current { readonly get; private set; }

        /// <inheritdoc/>
        readonly object IEnumerator.Current => Current;

        /// <summary>Goes to the next piece; false after the last.</summary>
        public bool MoveNext()
        {
            while (!_ended)
            {
                Step();
                if ((_options & StringSplitOptions.TrimEntries) != 0)
                {
                    Current = Current.Trim();
                }

                if (!Current.IsEmpty || (_options & StringSplitOptions.RemoveEmptyEntries) == 0)
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        readonly void IEnumerator.Reset() => throw new NotSupportedException("Enumerate the pieces anew instead.");

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }

        private void Step()
        {
            var position = _separator.Length == 0 ? -1 : _rest.IndexOf(_separator);
            if (position < 0)
            {
                Current = _rest;
                _ended = true;
                return;
            }

            Current = _rest.Slice(0, position);
            _rest = _rest.Slice(position + Encoding.UTF8.GetByteCount(_separator));
        }
    }
}
