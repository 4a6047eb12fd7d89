using System.Reflection;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Observability;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>Has tasks leave out records as the settings and the pipelines say.</summary>
    private void SetPoisonPolicies(EngineServices services)
    {
        var policies = _graph.Nodes.Select(static node => node.Pipeline).OfType<IPipelineLoops>().Distinct()
            .ToDictionary(static pipeline => pipeline, pipeline => pipeline.GetType().GetCustomAttribute<StreamingPipelineAttribute>()?.Policy ?? Options.PoisonRecords);
        if (_deadLetters is null && policies.Values.Append(Options.PoisonRecords).Contains(PoisonPolicy.DeadLetter))
        {
            throw new StreamingException(
                "Poison records are to become dead letters, and no output reads those: define one, such as streaming.DeadLetters().SaveAsTextFiles(…), or choose PoisonPolicy.Skip.");
        }

        if (Options.PoisonRecords == PoisonPolicy.Fail && policies.Values.All(static policy => policy == PoisonPolicy.Fail))
        {
            return;
        }

        services.PoisonPolicies = pipeline => pipeline is not null && policies.TryGetValue(pipeline, out var policy) ? policy : Options.PoisonRecords;
        services.ReportPoison = records =>
        {
            foreach (var record in records)
            {
                _logger.PoisonRecord(record.BatchTime.Milliseconds, record.Name ?? record.OperatorName, record.SourceFile, record.SourceLine, record.Position, record.Partition, record.Source, record.Exception);
            }
        };
    }
}
