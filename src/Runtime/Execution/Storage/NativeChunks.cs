using System.Runtime.InteropServices;
using CodegenStreaming.Memory;
using Microsoft.Win32.SafeHandles;

namespace CodegenStreaming.Execution.Storage;

/// <summary>Encoded in memory that the garbage collector does not know.</summary>
internal sealed class NativeChunks : EncodedChunks
{
    private readonly List<(NativeBytes Bytes, int Length, int Records)> _chunks = [];

    public override void Read(BlockPool pool, ChunkReader reader)
    {
        foreach (var (bytes, length, records) in _chunks)
        {
            var copy = pool.Rent<byte>(length);
            try
            {
                bytes.CopyTo(copy, length);
                reader(copy.AsSpan(0, length), records);
            }
            finally
            {
                pool.Return(copy, 0);
            }
        }
    }

    protected override void Add(ReadOnlySpan<byte> chunk, int records) => _chunks.Add((new NativeBytes(chunk.ToArray()), chunk.Length, records));

    protected override void Free()
    {
        _chunks.ForEach(chunk => chunk.Bytes.Dispose());
        _chunks.Clear();
    }

    /// <summary>A piece of it; freed by its finalizer where nobody has freed it.</summary>
    private sealed class NativeBytes : SafeHandleZeroOrMinusOneIsInvalid
    {
        public NativeBytes(byte[] bytes)
            : base(ownsHandle: true)
        {
            SetHandle(Marshal.AllocHGlobal(Math.Max(1, bytes.Length)));
            Marshal.Copy(bytes, 0, handle, bytes.Length);
        }

        public void CopyTo(byte[] bytes, int length)
        {
            var isHeld = false;
            try
            {
                DangerousAddRef(ref isHeld);
                Marshal.Copy(handle, bytes, 0, length);
            }
            finally
            {
                if (isHeld)
                {
                    DangerousRelease();
                }
            }
        }

        protected override bool ReleaseHandle()
        {
            Marshal.FreeHGlobal(handle);
            return true;
        }
    }
}
