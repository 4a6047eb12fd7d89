using System.Globalization;
using System.Text;

namespace CodegenStreaming.Execution;

/// <summary>
/// What a data set is made of, as text in Spark's form: one operator a line, what it is made of below it. An exchange begins a deeper level, with the
/// number of partitions in brackets. Computes nothing.
/// </summary>
internal sealed class Lineage(EvaluationScope scope)
{
    private readonly StringBuilder _text = new();

    public static string Describe(DatasetNode node, EvaluationScope scope)
    {
        var lineage = new Lineage(scope);
        lineage.WriteStage(node, "", "", "");
        return lineage._text.ToString().TrimEnd('\n');
    }

    /// <summary>Writes an operator at the head of a stage.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="line">What stands before it.</param>
    /// <param name="margin">What stands before the lines below it.</param>
    /// <param name="rail">What goes on to the left of them, where another child of the stage above follows.</param>
    private void WriteStage(DatasetNode node, string line, string margin, string rail)
    {
        var partitions = string.Create(CultureInfo.InvariantCulture, $"({node.PlannedPartitionCount(scope)})");
        var left = (partitions.Length - 1) / 2;
        _text.Append(line).Append(partitions).Append(' ').Append(Describe(node)).Append('\n');
        WriteParents(node, margin + rail + new string(' ', left) + "|" + new string(' ', partitions.Length - left));
    }

    private void WriteParents(DatasetNode node, string margin)
    {
        var parents = ParentsOf(node);
        for (var index = 0; index < parents.Count; index++)
        {
            var (parent, isExchanged) = parents[index];
            if (isExchanged)
            {
                var isLast = index == parents.Count - 1;
                var outer = margin[..(margin.LastIndexOf('|'))];
                WriteStage(parent, outer + "+-", outer, isLast ? "  " : "| ");
            }
            else
            {
                _text.Append(margin).Append(Describe(parent)).Append('\n');
                WriteParents(parent, margin);
            }
        }
    }

    /// <summary>The operators that one is made of as the user wrote them, and whether an exchange lies between.</summary>
    private List<(DatasetNode Parent, bool IsExchanged)> ParentsOf(DatasetNode node)
    {
        var parents = new List<(DatasetNode Parent, bool IsExchanged)>();
        var all = node.LineageOf(scope);
        for (var index = 0; index < all.Count; index++)
        {
            var (parent, isExchanged) = (all[index], node.ExchangesParent(scope, index));
            while (parent.IsImplied && parent.Parents is [var only])
            {
                (isExchanged, parent) = (isExchanged || parent.ExchangesParent(scope, 0), only);
            }

            parents.Add((parent, isExchanged));
        }

        return parents;
    }

    private string Describe(DatasetNode node)
    {
        var name = node.Name is null ? node.OperatorName : $"{node.OperatorName} '{node.Name}'";
        var place = node.Site is { } site ? $" at {Path.GetFileName(site.File)}:{site.Line}" : "";
        var kept = node.Place is { } files ? $"{name}{place} in {files}" : $"{name}{place}";
        var level = node.Level != StorageLevel.None ? node.Level : scope.LevelOf(node);
        return level == StorageLevel.None ? kept : $"{kept} [{level}{Kept(node)}]";
    }

    private static string Kept(DatasetNode node) => node.KeptPartitions is var (partitions, memory, disk)
        ? string.Create(CultureInfo.InvariantCulture, $", {partitions} kept: {memory} bytes in memory, {disk} on disk")
        : "";
}
