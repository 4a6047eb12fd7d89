namespace CodegenStreaming;

/// <summary>A context was started.</summary>
/// <param name="AppName">The application's name.</param>
/// <param name="Time">When, on the context's clock.</param>
public sealed record StreamingStarted(string AppName, DateTimeOffset Time);
