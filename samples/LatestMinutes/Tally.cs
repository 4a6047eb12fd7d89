namespace CodegenStreaming.Samples;

/// <summary>How many requests there were, and how many of them have failed.</summary>
public readonly record struct Tally(int Requests, int Failures);
