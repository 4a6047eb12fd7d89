using System.Text;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>The source of test programs: <c>streaming.Input&lt;int&gt;("numbers")</c>. The test gives each batch its partitions.</summary>
public static class ProgramInput
{
    public static DStream<T> Input<T>(this StreamingContext streaming, string name) => streaming.AddOperator(new Node<T>(name));

    /// <summary>A node that can be given data of a batch without knowing its record type.</summary>
    internal interface INode
    {
        string Name { get; }

        Type RecordType { get; }

        void Give(EvaluationScope scope, IReadOnlyList<Array> partitions);
    }

    private sealed class Node<T>(string name) : DatasetNode<T>("Input", []), INode
    {
        string INode.Name => name;

        public override bool IsMaterialized => true;

        public override IEnumerable<T> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

        public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted) => new([]);

        public void Give(EvaluationScope scope, IReadOnlyList<Array> partitions) => scope.SetInput(this, [.. partitions.Select(records => ToBlock(records, scope.Pool))]);

        protected override int ComputedPartitionCount(EvaluationScope scope) => 0;

        private static Block<T> ToBlock(Array records, BlockPool pool) => records switch
        {
            T[] rows => new ArrayBlock<T>(rows, rows.Length, pool: null),
            string[] lines when typeof(T) == typeof(Utf8Slice) => (Block<T>)(object)ToText(lines, pool),
            _ => throw new ArgumentException($"The program reads {typeof(T)}, the test gives {records.GetType()}."),
        };

        private static Block<Utf8Slice> ToText(string[] lines, BlockPool pool)
        {
            var text = new Utf8LineBuffer(pool);
            foreach (var line in lines)
            {
                text.WriteLine(Encoding.UTF8.GetBytes(line));
            }

            return lines.Length == 0 ? new ArrayBlock<Utf8Slice>([], 0, pool: null) : text.ToBlock();
        }
    }
}
