using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>The state of a stream of <c>UpdateStateByKey</c> or <c>MapWithState</c>, to be read from outside.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TState">The state of a key.</typeparam>
    /// <param name="name">The name that the stream was given by <c>Named</c>.</param>
    /// <exception cref="StreamingException">There is no such stream, several have the name, or it has other types; the message lists what there is.</exception>
    public KeyedState<TKey, TState> KeyedState<TKey, TState>(string name) => FindState<TKey, TState>(name, null);

    internal KeyedState<TKey, TState> FindState<TKey, TState>(string name, IStreamingPipeline? pipeline)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        DatasetNode[] states = [.. _graph.Nodes.Where(node => node is IKeyedState && (pipeline is null || node.Pipeline == pipeline))];
        DatasetNode[] named = [.. states.Where(node => node.Name == name)];
        return named switch
        {
            [IReadableState<TKey, TState> state] => new KeyedState<TKey, TState>(this, name, state),
            [var other] => throw new StreamingException(
                $"The state '{name}' is {Describe(other)}, not of {typeof(TKey).Name} and {typeof(TState).Name}."),
            [] => throw new StreamingException(
                $"No stream with state has the name '{name}'. "
                + (states.Length == 0 ? "There are none." : $"There are: {string.Join("; ", states.Select(node => $"'{node.Name}' {Describe(node)}"))}. Streams get a name by Named.")),
            _ => throw new StreamingException($"{named.Length} streams with state have the name '{name}'. Ask for it by its pipeline: pipeline.State(…)."),
        };
    }

    private static string Describe(DatasetNode node) => $"of {((IKeyedState)node).KeyType.Name} and {((IKeyedState)node).StateType.Name} ({node.OperatorName})";
}

/// <summary>The states of a pipeline.</summary>
public static class PipelineStateExtensions
{
    /// <summary>The state of one of the pipeline's streams, to be read from outside while its context runs.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TState">The state of a key.</typeparam>
    /// <param name="pipeline">The pipeline, which was added to a context that has been started.</param>
    /// <param name="name">The name that the stream was given by <c>Named</c>.</param>
    /// <exception cref="StreamingException">The pipeline belongs to no active context, or has no such stream; the message lists what there is.</exception>
    public static KeyedState<TKey, TState> State<TKey, TState>(this IStreamingPipeline pipeline, string name)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var context = ActiveContext.Find(context => context.Graph.Nodes.Any(node => node.Pipeline == pipeline)) ?? throw new StreamingException(
            $"The pipeline {pipeline.GetType().Name} belongs to no StreamingContext that is active. Add it to one and start that, or ask the context: streaming.KeyedState(…).");
        return context.FindState<TKey, TState>(name, pipeline);
    }
}
