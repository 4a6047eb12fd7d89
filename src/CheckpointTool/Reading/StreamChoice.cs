using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Finds the stream that somebody means.</summary>
internal static class StreamChoice
{
    /// <summary>
    /// The stream of a name; or, where several pipelines have it, of <c>pipeline/name</c>; or the only one of a kind, such as <c>MapWithState</c>. A window that keeps batches
    /// beside its state is the state.
    /// </summary>
    /// <param name="content">The checkpoint.</param>
    /// <param name="name">What was asked for.</param>
    /// <param name="problem">Why there is none.</param>
    public static (StreamIdentity Identity, SavedStream Saved)? Find(CheckpointContent content, string name, out string problem)
    {
        var streams = content.Data.Streams;
        var found = streams.Where(stream => stream.Identity.Display == name || FullName(stream.Identity) == name).ToArray();
        if (found.Length > 1 && found.Where(static stream => stream.Identity.Schemas is not [("record", _)]).ToArray() is [var state])
        {
            found = [state];
        }

        if (found.Length == 0)
        {
            found = [.. streams.Where(stream => stream.Identity.Kind == name)];
        }

        if (found is [var only])
        {
            problem = "";
            return only;
        }

        problem = (found.Length > 0 ? $"Several streams are called {PlainText.Of(name)}." : $"The checkpoint holds no stream {PlainText.Of(name)}.")
            + (streams.Count == 0 ? "" : $" There are: {string.Join("; ", streams.Select(static stream => $"{PlainText.Of(FullName(stream.Identity))} ({PlainText.Of(stream.Identity.Kind)})"))}.");
        return null;
    }

    private static string FullName(StreamIdentity identity) => identity.Name is null || identity.Pipeline.Length == 0 ? identity.Display : $"{identity.Pipeline}/{identity.Name}";
}
