using System.IO.Hashing;
using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>
/// Records in a file, ordered by their target partitions and, within a target, by a hash, so that the records of a slice of the hashes are read without the
/// others. What leads to them lies in memory. Written once, then read by any thread.
/// </summary>
internal sealed class SpillFile<T>(string path, BlockEncoding<T> encoding)
{
    /// <summary>How many records are encoded together: so many that a file is read in large pieces…</summary>
    private const int LongestWindow = 4096;

    /// <summary>…and so few that a small file has several pieces of each target, for the slices.</summary>
    private const int PiecesOfTarget = 64;

    private const int ShortestWindow = 64;

    /// <summary>What an object takes beside its content, about.</summary>
    private const int ObjectBytes = 32;

    private readonly List<SpillChunk> _chunks = [];

    public string Path => path;

    /// <summary>What the file consists of, in the order of the places.</summary>
    public IReadOnlyList<SpillChunk> Chunks => _chunks;

    /// <summary>A record's place: its target partition above its hash.</summary>
    public static ulong PlaceOf(int target, uint hash) => ((ulong)target << 32) | hash;

    /// <summary>Writes the file.</summary>
    /// <param name="records">The records.</param>
    /// <param name="places">The place of each; sorted by this method. Records of one place stay in their order.</param>
    /// <param name="pool">Lends the memory.</param>
    /// <exception cref="IOException">It cannot be written; it is gone then.</exception>
    public void Write(ReadOnlySpan<T> records, Span<(ulong Place, int Index)> places, BlockPool pool)
    {
        places.Sort();
        var window = pool.Rent<T>(LongestWindow);
        var piece = Math.Clamp(records.Length / PiecesOfTarget, ShortestWindow, LongestWindow);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            using var chunk = new ChunkBuffer(pool);
            for (var next = 0; next < places.Length;)
            {
                var count = Fill(window.AsSpan(0, piece), records, places[next..]);
                for (var taken = 0; taken < count;)
                {
                    chunk.Clear();
                    var encoded = encoding.Encode(window.AsSpan(taken, count - taken), chunk);
                    _chunks.Add(new SpillChunk(
                        file.Position, chunk.Length, encoded, Crc32.HashToUInt32(chunk.Written), places[next + taken].Place, places[next + taken + encoded - 1].Place));
                    file.Write(chunk.Written);
                    taken += encoded;
                }

                next += count;
            }
        }
        catch
        {
            Remove();
            throw;
        }
        finally
        {
            pool.Return(window, window.Length);
        }
    }

    /// <summary>What the records of a target occupy in a table, about.</summary>
    public long MemoryOf(int target)
    {
        var bytes = 0L;
        foreach (var chunk in _chunks)
        {
            if (chunk.Target == target)
            {
                bytes += (long)chunk.Records * (Unsafe.SizeOf<T>() + TableSize.IndexBytesOfEntry);
                bytes += RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? ReferencedBytes(chunk.Records, chunk.Length) : 0;
            }
        }

        return bytes;
    }

    /// <summary>What records refer to in memory, guessed by the bytes that they take when they are encoded: text has two bytes for each character.</summary>
    public static long ReferencedBytes(long records, long encodedBytes) => (2 * encodedBytes) + (records * ObjectBytes);

    /// <summary>The number of a target's first chunk; the number of chunks where it has none.</summary>
    public int FirstChunkOf(int target) => _chunks.FindIndex(chunk => chunk.Target == target) is >= 0 and var first ? first : _chunks.Count;

    /// <summary>Reads the records of a chunk.</summary>
    /// <exception cref="IOException">The file cannot be read, or is not as it was written.</exception>
    public void Decode(SpillChunk chunk, Span<T> records, BlockPool pool)
    {
        var bytes = pool.Rent<byte>(chunk.Length);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var content = bytes.AsSpan(0, chunk.Length);
            for (var read = 0; read < content.Length;)
            {
                var length = RandomAccess.Read(file, content[read..], chunk.Offset + read);
                read += length > 0 ? length : throw new InvalidDataException("It is shorter than it was.");
            }

            if (Crc32.HashToUInt32(content) != chunk.Checksum)
            {
                throw new InvalidDataException("The checksum does not fit.");
            }

            encoding.Decode(content, records);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or CorruptRecordException)
        {
            throw new IOException($"What the aggregation has written to the file {path}, beyond its memory, cannot be read: {exception.Message}", exception);
        }
        finally
        {
            pool.Return(bytes, 0);
        }
    }

    /// <summary>Deletes the file.</summary>
    public void Remove()
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // The folder goes with the engine context.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    /// <summary>As many records as fit the window and go to one target.</summary>
    private static int Fill(Span<T> window, ReadOnlySpan<T> records, ReadOnlySpan<(ulong Place, int Index)> places)
    {
        var count = 0;
        while (count < window.Length && count < places.Length && places[count].Place >> 32 == places[0].Place >> 32)
        {
            window[count] = records[places[count].Index];
            count++;
        }

        return count;
    }
}

/// <summary>Some records of one target that are encoded together, and where they lie in their file.</summary>
internal readonly record struct SpillChunk(long Offset, int Length, int Records, uint Checksum, ulong First, ulong Last)
{
    public int Target => (int)(First >> 32);

    public uint FirstHash => (uint)First;

    public uint LastHash => (uint)Last;
}
