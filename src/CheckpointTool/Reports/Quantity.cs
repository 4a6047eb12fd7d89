using System.Globalization;

namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>Sizes, counts and times as people read them.</summary>
internal static class Quantity
{
    private const double Kilo = 1024;

    private static readonly string[] Units = ["KB", "MB", "GB", "TB", "PB", "EB"];

    public static string Bytes(long count)
    {
        if (count < Kilo)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{count} B");
        }

        var (value, unit) = (count / Kilo, 0);
        while (value >= Kilo && unit < Units.Length - 1)
        {
            (value, unit) = (value / Kilo, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun, which gets an s where it is not one.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Time(DateTimeOffset? time) => time is { } known
        ? known.UtcDateTime.ToString(known.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture)
        : "at no time";

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.###} ms"),
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.###} s"),
        _ => duration.ToString("c", CultureInfo.InvariantCulture),
    };
}
