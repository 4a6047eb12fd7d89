using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CodegenStreaming.Package.Tests;

/// <summary>The machine code that a loop costs in an ahead-of-time compiled program, from the compiler's map file.</summary>
internal static partial class LoopSizes
{
    /// <summary>Bytes of all methods of each generated loop, the ends that it is bound to included.</summary>
    public static IReadOnlyDictionary<string, int> Read(string folder)
    {
        var map = Directory.EnumerateFiles(folder, "*.map.xml", SearchOption.AllDirectories).Single();
        return XDocument.Load(map).Descendants("MethodCode")
            .Select(method => (Loop: LoopOf((string)method.Attribute("Name")!), Length: (int)method.Attribute("Length")!))
            .Where(method => method.Loop is not null)
            .GroupBy(method => method.Loop!, StringComparer.Ordinal)
            .ToDictionary(methods => methods.Key, methods => methods.Sum(method => method.Length), StringComparer.Ordinal);
    }

    /// <summary>Leaves the figures where <c>.ci/run</c> finds them.</summary>
    public static void Report(IReadOnlyDictionary<string, int> loops)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "ci"));
        File.WriteAllLines(
            Path.Combine(folder.FullName, "loop-sizes.txt"),
            loops.OrderBy(loop => loop.Key, StringComparer.Ordinal).Select(loop => $"{loop.Key}: {loop.Value} bytes of machine code"));
    }

    // Names are mangled: Assembly_NetworkWordCount_StreamingLoops_Loop0__Run<…>.
    private static string? LoopOf(string method) => Loop().Match(method) is { Success: true } match ? $"{match.Groups[1].Value}.{match.Groups[2].Value}" : null;

    [GeneratedRegex("^[A-Za-z]+_([A-Za-z]+)_StreamingLoops_(Loop[0-9]+)__")]
    private static partial Regex Loop();
}
