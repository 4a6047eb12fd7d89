using System.Globalization;
using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>The lines that a person reads: one for each workload.</summary>
internal sealed class RatioTable(TextWriter output, IReadOnlyList<string> contenders)
{
    private const int NameWidth = 18;
    private const int RateWidth = 16;
    private const int LastWidth = 16;

    public void WriteHeader()
    {
        output.WriteLine(
            $"Million records a second on one thread; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {ProcessorName()}");
        output.WriteLine();
        output.Write("workload".PadRight(NameWidth));
        foreach (var contender in contenders)
        {
            output.Write(contender.PadLeft(RateWidth));
        }

        if (contenders.Contains(ContenderNames.Fused))
        {
            output.Write("fused ÷ hand".PadLeft(LastWidth));
            output.Write("bytes/record".PadLeft(LastWidth));
        }

        output.WriteLine();
    }

    public void WriteLine(string workload, IReadOnlyList<Measurement> measurements)
    {
        output.Write(workload.PadRight(NameWidth));
        foreach (var contender in contenders)
        {
            var rate = measurements.FirstOrDefault(measurement => measurement.Contender == contender)?.RecordsPerSecond;
            output.Write((rate is { } records ? Format(records / 1e6, rate < 1e8 ? "0.00" : "0") : "-").PadLeft(RateWidth));
        }

        if (measurements.FirstOrDefault(measurement => measurement.Contender == ContenderNames.Fused) is { } fused)
        {
            output.Write(Format(fused.TimeOverHandWritten, "0.00").PadLeft(LastWidth));
            output.Write(Format(fused.BytesPerRecord, "0.000").PadLeft(LastWidth));
        }

        output.WriteLine();
    }

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string ProcessorName()
    {
        const string information = "/proc/cpuinfo";
        var model = File.Exists(information) ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        var name = model is null ? "processor" : model[(model.IndexOf(':') + 1)..].Trim();
        return $"{name}, {Environment.ProcessorCount} cores";
    }
}
