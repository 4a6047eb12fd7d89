using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Tests.Checkpoints;

/// <summary>What a store does at the call that it is told.</summary>
internal enum Fault
{
    None,

    /// <summary>The world stops, before the call or in the middle of it: this call and all that follow throw until the store is restarted.</summary>
    Crash,

    /// <summary>The call fails: no room, no permission. The ones that follow succeed.</summary>
    Error,
}

/// <summary>Thrown by everything after a simulated crash: no program may catch it and go on.</summary>
internal sealed class CrashException : Exception;

/// <summary>
/// A store in memory that can stop the world, or fail, at its n-th step. In the model of a file system a file is created in steps (its name, its bytes, their
/// flush, the directory's), and a crash loses or tears what was not flushed, and may bring deleted files back; in that of an object store each call is one step.
/// </summary>
internal sealed class SimulatedStore(bool isObjectStore, Random random) : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _files = [];

    /// <summary>What was deleted since the directory was flushed.</summary>
    private readonly Dictionary<string, Entry> _deleted = [];
    private bool _hasCrashed;

    public string Location => "memory";

    /// <summary>The steps done so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The step at which something happens; none when zero.</summary>
    public int FaultAt { get; set; }

    public Fault Fault { get; set; }

    public IReadOnlyCollection<string> List()
    {
        lock (_lock)
        {
            Step();
            return [.. _files.Keys];
        }
    }

    public byte[]? Read(string name)
    {
        lock (_lock)
        {
            Step();
            return _files.TryGetValue(name, out var file) ? [.. file.Bytes] : null;
        }
    }

    public bool TryCreate(string name, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            return TryCreateLocked(name, bytes);
        }
    }

    private bool TryCreateLocked(string name, ReadOnlySpan<byte> bytes)
    {
        if (isObjectStore)
        {
            // A crash may come before the object is there, or after, when nobody is told.
            var isBefore = random.Next(2) == 0;
            if (isBefore)
            {
                Step();
            }

            var isNew = _files.TryAdd(name, new Entry { Bytes = bytes.ToArray(), IsNameFlushed = true, Flushed = bytes.Length });
            if (!isBefore)
            {
                Step();
            }

            return isNew;
        }

        Step();
        if (_files.ContainsKey(name))
        {
            return false;
        }

        var file = _files[name] = new Entry { Bytes = [] };
        Write(file, bytes);
        Step();
        file.Flushed = file.Bytes.Length;
        Step();
        file.IsNameFlushed = true;
        _deleted.Clear();
        return true;
    }

    public void Delete(string name)
    {
        lock (_lock)
        {
            Step();
            if (_files.Remove(name, out var file))
            {
                _deleted[name] = file;
            }
        }
    }

    /// <summary>The machine comes back: what was not flushed is there, or not, or torn.</summary>
    public void Restart()
    {
        if (_hasCrashed && !isObjectStore)
        {
            foreach (var (name, file) in _files.ToArray())
            {
                if (!file.IsNameFlushed && random.Next(2) == 0)
                {
                    _files.Remove(name);
                }
                else if (file.Flushed < file.Bytes.Length)
                {
                    // Some of the bytes, some of them never written.
                    file.Bytes = file.Bytes[..random.Next(file.Flushed, file.Bytes.Length + 1)];
                    file.Bytes.AsSpan(random.Next(file.Flushed, file.Bytes.Length + 1)).Clear();
                }
            }

            foreach (var (name, file) in _deleted.Where(_ => random.Next(2) == 0))
            {
                _files.TryAdd(name, file);
            }
        }

        foreach (var file in _files.Values)
        {
            (file.IsNameFlushed, file.Flushed) = (true, file.Bytes.Length);
        }

        _deleted.Clear();
        (_hasCrashed, FaultAt) = (false, 0);
    }

    private void Write(Entry file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            Step();
        }
        catch
        {
            file.Bytes = bytes[..random.Next(bytes.Length + 1)].ToArray();
            throw;
        }

        file.Bytes = bytes.ToArray();
    }

    private void Step()
    {
        if (_hasCrashed)
        {
            throw new CrashException();
        }

        if (++Steps != FaultAt)
        {
            return;
        }

        if (Fault == Fault.Crash)
        {
            _hasCrashed = true;
            throw new CrashException();
        }

        throw new IOException("No space left on device.");
    }

    private sealed class Entry
    {
        public byte[] Bytes { get; set; } = [];

        /// <summary>How many of the bytes survive for certain.</summary>
        public int Flushed { get; set; }

        public bool IsNameFlushed { get; set; }
    }
}
