namespace CodegenStreaming.Samples;

/// <summary>What the command line says.</summary>
/// <param name="Host">The server, or null for one of the program's own.</param>
/// <param name="Port">The server's port.</param>
/// <param name="LinesPerSecond">How fast the program's own server sends.</param>
/// <param name="Batches">After how many batches to end; null for never.</param>
/// <param name="Utf8">Whether to count words in UTF-8.</param>
internal sealed record WordCountArguments(string? Host, int Port, int LinesPerSecond, int? Batches, bool Utf8);
