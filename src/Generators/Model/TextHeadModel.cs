namespace CodegenStreaming.Generators.Model;

/// <summary>
/// The first operator of a chain over text where the runtime has a source that does its work on the whole buffer.
/// </summary>
/// <param name="Source">The method of <c>TextSource</c> that makes the source.</param>
/// <param name="Arguments">What it takes behind the lines or records, as C# text.</param>
/// <param name="ReplacesStage">False where the operator's function asks for more than the source does, and is called for what the source gives.</param>
internal sealed record TextHeadModel(string Source, string Arguments, bool ReplacesStage);
