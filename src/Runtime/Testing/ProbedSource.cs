using System.ComponentModel;
using CodegenStreaming.Batches;

namespace CodegenStreaming.Testing;

/// <summary>A source that a test feeds. Thread-safe.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProbedSource<T>
{
    private readonly ProbedInput<T> _input;

    internal ProbedSource(StreamingContext streaming, ProbedInput<T> input)
    {
        _input = input;
        Stream = new DStream<T>(streaming, input.RecordsNode);
    }

    /// <summary>Its stream.</summary>
    public DStream<T> Stream { get; }

    /// <summary>True between <see cref="Fail"/> and <see cref="Restart"/>.</summary>
    public bool HasFailed => _input.HasFailed;

    /// <summary>Gives the next batch a partition. The records are used as they are and must not be changed any more.</summary>
    public void Add(T[] partition) => _input.Fed.Add(partition);

    /// <summary>Goes on after a restart, in place of the source of the context before: what that one was given comes again where a checkpoint leads back to it.</summary>
    public void TakeOver(ProbedSource<T> before)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (_input is IReplayableInput)
        {
            _input.Fed.TakeOver(before._input.Fed);
        }
    }

    /// <summary>Its receiver fails, as one does whose connection is lost: an error is logged and told to listeners, and nothing more is received.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public void Fail(Exception exception) => _input.Fail(exception);

    /// <summary>Its receiver starts anew after a failure.</summary>
    /// <exception cref="InvalidOperationException">It has not failed.</exception>
    public void Restart() => _input.Restart();
}
