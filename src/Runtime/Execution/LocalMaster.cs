using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Execution;

/// <summary>The number of task threads that a master address asks for.</summary>
internal static partial class LocalMaster
{
    public static int ParseThreads(string master)
    {
        if (master == "local")
        {
            return 1;
        }

        if (master == "local[*]")
        {
            return Environment.ProcessorCount;
        }

        var match = LocalN().Match(master);
        if (match.Success && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var threads) && threads is > 0 and <= 1024)
        {
            return threads;
        }

        throw new ArgumentException(
            $"Master is '{master}'. It must be 'local' (one task thread), 'local[n]' with n from 1 to 1024, or 'local[*]' (one thread per processor).",
            nameof(master));
    }

    [GeneratedRegex(@"^local\[([0-9]{1,9})\]$", RegexOptions.CultureInvariant)]
    private static partial Regex LocalN();
}
