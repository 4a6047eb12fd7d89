using System.Runtime.InteropServices;

namespace CodegenStreaming.State;

/// <summary>
/// Finds the entries of a table that have not been updated for long, at no cost for those that sleep. Each entry is in one list, of a time at which it was
/// updated or earlier: an update does not touch the lists. When a list's time has passed, entries updated since go to the list of their time; that is one move
/// in each time-out at most.
/// </summary>
internal sealed class UpdateTimes
{
    /// <summary>Lists of this room are kept for later ones, whatever there is in the others.</summary>
    private const int SmallList = 1024;

    private readonly List<(long Time, List<int> Numbers)> _lists = [];
    private readonly Stack<List<int>> _idle = new();

    /// <summary>The lists before it are gone.</summary>
    private int _first;

    /// <summary>The numbers in all lists.</summary>
    private int _count;

    /// <summary>Whether there is a list of a time earlier than one.</summary>
    public bool HasBefore(long time) => _first < _lists.Count && _lists[_first].Time < time;

    /// <summary>How many lists are earlier than a time.</summary>
    public int CountBefore(long time) => IndexOf(time) - _first;

    /// <summary>The numbers of one of the earliest lists.</summary>
    public ReadOnlySpan<int> Numbers(int list) => CollectionsMarshal.AsSpan(_lists[_first + list].Numbers);

    /// <summary>Puts an entry into the list of a time.</summary>
    public void Add(long time, int number)
    {
        // Nearly always the time of the batch, which is the last.
        var index = _first < _lists.Count && _lists[^1].Time == time ? _lists.Count - 1 : IndexOf(time);
        if (index == _lists.Count || _lists[index].Time != time)
        {
            _lists.Insert(index, (time, _idle.TryPop(out var idle) ? idle : []));
        }

        _lists[index].Numbers.Add(number);
        _count++;
    }

    /// <summary>Drops the earliest lists.</summary>
    public void DropFirst(int count)
    {
        for (var index = _first; index < _first + count; index++)
        {
            var numbers = _lists[index].Numbers;
            _lists[index] = default;
            _count -= numbers.Count;
            numbers.Clear();
            if (numbers.Capacity <= Math.Max(SmallList, 2 * _count))
            {
                _idle.Push(numbers);
            }
        }

        _first += count;
        if (_first > _lists.Count / 2)
        {
            _lists.RemoveRange(0, _first);
            _first = 0;
        }
    }

    public void Clear() => DropFirst(_lists.Count - _first);

    /// <summary>The index of the first list that is not earlier than a time.</summary>
    private int IndexOf(long time)
    {
        var (low, high) = (_first, _lists.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _lists[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
