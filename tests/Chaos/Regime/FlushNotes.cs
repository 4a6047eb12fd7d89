using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Chaos.Regime;

/// <summary>
/// Which flushes a process has really made: a small library between it and the C library notes each of them. So what a loss of power takes is found out from the
/// calls that the process made, and not from what its code means to do. Needs Linux and a C compiler; where they are missing there are no notes.
/// </summary>
internal sealed class FlushNotes
{
    private const string Variable = "CHAOS_FLUSHES";

    private readonly string _library;

    private FlushNotes(string library) => _library = library;

    /// <summary>Compiles the library; null where that is not possible.</summary>
    public static FlushNotes? Create(ChaosFolder folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var library = Path.Combine(folder.Root, "flushes.so");
        foreach (var compiler in new[] { "gcc", "clang" })
        {
            try
            {
                using var process = Process.Start(compiler, ["-shared", "-fPIC", "-O1", "-o", library, Path.Combine(AppContext.BaseDirectory, "Native", "flushes.c"), "-ldl"]);
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return new FlushNotes(library);
                }
            }
            catch (Win32Exception)
            {
                // There is none of the name.
            }
        }

        return null;
    }

    /// <summary>Lets a process that is to be started take notes.</summary>
    public void Prepare(ProcessStartInfo start, string notes)
    {
        start.Environment["LD_PRELOAD"] = _library;
        start.Environment[Variable] = notes;
    }

    /// <summary>In the process: the runtime's own calls into the C library, which it looks up in that library itself, take the way through the notes too.</summary>
    public static void Redirect()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            NativeLibrary.SetDllImportResolver(typeof(StreamingContext).Assembly, static (name, _, _) => name == "libc" ? NativeLibrary.GetMainProgramHandle() : 0);
        }
    }

    /// <summary>Reads the notes of a process that has ended.</summary>
    public static FlushedFiles Read(string notes)
    {
        var flushed = new FlushedFiles();
        foreach (var words in (File.Exists(notes) ? File.ReadLines(notes) : []).Select(static line => line.Split('\t')))
        {
            switch (words)
            {
                case ["file", var path, var length]:
                    flushed.FlushFile(path, long.Parse(length, CultureInfo.InvariantCulture));
                    break;
                case ["directory", var path]:
                    flushed.FlushDirectory(path);
                    break;
                case ["rename", var from, var to]:
                    flushed.Rename(from, to);
                    break;
            }
        }

        return flushed;
    }
}
