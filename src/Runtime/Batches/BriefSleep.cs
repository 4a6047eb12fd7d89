using System.Runtime.InteropServices;

namespace CodegenStreaming.Batches;

/// <summary>
/// Sleeps shorter than a millisecond, the least that the framework's waits know. On Linux such a sleep ends about fifty microseconds late; where there
/// is none, the caller spins. It is what lets batches be a millisecond apart without a processor for the clock alone.
/// </summary>
internal static class BriefSleep
{
    private static readonly bool IsSupported = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Sleeps, or not so long where something interrupts; false where this machine cannot, or the time is too short for it.</summary>
    /// <param name="time">Less than a second.</param>
    public static bool TrySleep(TimeSpan time)
    {
        if (!IsSupported || time <= TimeSpan.Zero)
        {
            return false;
        }

        _ = NanoSleep(new TimeSpecification(0, (nint)time.TotalNanoseconds), 0);
        return true;
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    private static extern int NanoSleep(in TimeSpecification time, nint remaining);

    /// <summary>The <c>timespec</c> of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification(nint seconds, nint nanoseconds)
    {
        public readonly nint Seconds = seconds;
        public readonly nint Nanoseconds = nanoseconds;
    }
}
