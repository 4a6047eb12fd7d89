namespace CodegenStreaming;

/// <summary>A receiver, as of one event.</summary>
/// <param name="StreamId">The number of its input among the context's inputs, from zero.</param>
/// <param name="Name">The kind of input and its number, such as <c>Socket stream [0]</c>.</param>
/// <param name="IsActive">Whether it receives.</param>
/// <param name="LastErrorMessage">What it reported last, with where that happened; null if nothing went wrong so far.</param>
/// <param name="LastError">The exception behind it; null if there was none.</param>
public sealed record ReceiverInfo(int StreamId, string Name, bool IsActive, string? LastErrorMessage = null, Exception? LastError = null);
