namespace CodegenStreaming.Samples;

/// <summary>A visit so far.</summary>
/// <param name="Pages">How many pages were seen.</param>
/// <param name="Page">The latest of them.</param>
/// <param name="Begin">The batch that the visit began in.</param>
/// <param name="Latest">The batch of its latest page.</param>
public sealed record Visit(int Pages, string Page, BatchTime Begin, BatchTime Latest);
