using System.Diagnostics;
using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Recovery;

/// <summary>This process as the holder of a lease, and what is known of another one.</summary>
internal static class ProcessHolder
{
    public static LeaseHolder Of(string application, Guid context)
    {
        using var process = Process.GetCurrentProcess();
        return new LeaseHolder(application, Environment.MachineName, process.Id, process.StartTime.ToUniversalTime().Ticks, context);
    }

    /// <summary>
    /// Whether a holder has certainly ended: a process of this machine whose number nobody has, or that was started at another time; a context of this process that is
    /// not active.
    /// </summary>
    public static bool IsKnownDead(LeaseHolder holder, Predicate<Guid> isActive)
    {
        if (holder.Machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(holder.ProcessId);

            // The start is computed from the machine's, to a part of a second.
            return Math.Abs(process.StartTime.ToUniversalTime().Ticks - holder.ProcessStarted) > TimeSpan.TicksPerSecond
                || (holder.ProcessId == Environment.ProcessId && !isActive(holder.Context));
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return true; // It has ended meanwhile.
        }
#pragma warning disable CA1031 // It is somebody else's: when it was started cannot be read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
