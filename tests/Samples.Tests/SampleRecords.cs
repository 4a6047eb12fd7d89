using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The number of records that a sample says it had, as its last line.</summary>
internal static partial class SampleRecords
{
    public static int Of(SampleProcess sample) => int.Parse(Line().Match(sample.Error).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) records in")]
    private static partial Regex Line();
}
