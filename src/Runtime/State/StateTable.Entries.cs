namespace CodegenStreaming.State;

/// <content>How a caller sees entries: by views that live on the stack and know when the table has moved on.</content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    private void CheckVersion(long version)
    {
        if (version != _version)
        {
            throw new InvalidOperationException("The state table has changed since the entry was looked up.");
        }
    }

    /// <summary>A key's place in the table. Setting another entry's value leaves it valid; adding or removing a key, and the end of the batch, do not.</summary>
    public ref struct Entry
    {
        private readonly StateTable<TKey, TImage, TValue, TKeys> _table;
        private readonly TKey _key;
        private readonly TImage _image;
        private long _version;
        private int _number;

        internal Entry(StateTable<TKey, TImage, TValue, TKeys> table, TKey key, TImage image, int number)
        {
            (_table, _key, _image, _number) = (table, key, image, number);
            _version = table._version;
        }

        /// <summary>Whether the key is in the table.</summary>
        public readonly bool Exists
        {
            get
            {
                _table.CheckVersion(_version);
                return _number >= 0;
            }
        }

        /// <summary>The value; setting it adds a key that is not there.</summary>
        /// <exception cref="KeyNotFoundException">The key is not in the table.</exception>
        public TValue Value
        {
            readonly get => Exists ? _table.SegmentOf(_number).Entries[PlaceOf(_number)].Value : throw new KeyNotFoundException("The key is not in the state table.");
            set
            {
                if (Exists)
                {
                    _table.Write(_number, value);
                }
                else
                {
                    _number = _table.Append(_key, _image, value);
                    _version = _table._version;
                }
            }
        }

        /// <summary>Removes the key, if it is there.</summary>
        public void Remove()
        {
            if (Exists)
            {
                _table.Remove(_number);
                _number = -1;
                _version = _table._version;
            }
        }
    }

    /// <summary>Goes over the entries; throws when a key was added or removed meanwhile. Values may be set.</summary>
    public ref struct Enumerator
    {
        private readonly StateTable<TKey, TImage, TValue, TKeys> _table;
        private readonly long _version;
        private int _number = -1;

        internal Enumerator(StateTable<TKey, TImage, TValue, TKeys> table)
        {
            _table = table;
            _version = table._version;
        }

        /// <summary>The key and its value.</summary>
        public readonly (TKey Key, TValue Value) Current
        {
            get
            {
                _table.CheckVersion(_version);
                return _table.SegmentOf(_number).Entries[PlaceOf(_number)].Pair;
            }
        }

        public bool MoveNext()
        {
            _table.CheckVersion(_version);
            while (++_number < _table._count)
            {
                if (_table.SegmentOf(_number).IsLive[PlaceOf(_number)])
                {
                    return true;
                }
            }

            return false;
        }
    }
}
