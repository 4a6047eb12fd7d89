using System.Runtime.InteropServices;

namespace CodegenStreaming.Tests.Memory;

/// <summary>
/// Native memory that ends at a page nobody may read: what reads a byte too far ends the process. Blocks lie in managed arrays, behind which there is always something
/// readable; so what takes references is tested here, with as much padding as a block has.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadAndWrite = 0x1 | 0x2;
    private const int PrivateAndAnonymous = 0x2 | 0x20;
    private const int PrivateAndAnonymousOnMac = 0x2 | 0x1000;
    private const uint ReserveAndCommit = 0x3000;
    private const uint Release = 0x8000;
    private const uint PageReadWrite = 0x4;
    private const uint PageNoAccess = 0x1;

    private static readonly nuint PageLength = (nuint)Environment.SystemPageSize;

    private readonly byte* _first;

    public GuardedMemory()
    {
        if (OperatingSystem.IsWindows())
        {
            _first = VirtualAlloc(null, 2 * PageLength, ReserveAndCommit, PageReadWrite);
            Assert.True(_first != null && VirtualProtect(_first + PageLength, PageLength, PageNoAccess, out _));
        }
        else
        {
            _first = Map(null, 2 * PageLength, ReadAndWrite, OperatingSystem.IsMacOS() ? PrivateAndAnonymousOnMac : PrivateAndAnonymous, -1, 0);
            Assert.True((nint)_first != -1 && Protect(_first + PageLength, PageLength, 0) == 0);
        }
    }

    /// <summary>The memory's last bytes.</summary>
    public Span<byte> Last(int length) => new(_first + PageLength - length, length);

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            VirtualFree(_first, 0, Release);
        }
        else
        {
            _ = Unmap(_first, 2 * PageLength);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial byte* VirtualAlloc(void* address, nuint length, uint type, uint protection);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualProtect(void* address, nuint length, uint protection, out uint before);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualFree(void* address, nuint length, uint type);
}
