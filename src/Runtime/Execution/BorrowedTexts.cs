using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>Text of earlier batches that records of a batch's windows refer to, by window. Not thread-safe.</summary>
internal sealed class BorrowedTexts
{
    private readonly List<(DatasetNode Window, Utf8TextBlock Text)> _texts = [];

    public void Add(DatasetNode window, IEnumerable<Utf8TextBlock> texts)
    {
        foreach (var text in texts)
        {
            text.Retain();
            _texts.Add((window, text));
        }
    }

    /// <summary>Adds what some of the windows refer to.</summary>
    public void AddTexts(IReadOnlySet<DatasetNode> windows, ISet<Utf8TextBlock> texts)
    {
        foreach (var (window, text) in _texts)
        {
            if (windows.Contains(window))
            {
                texts.Add(text);
            }
        }
    }

    /// <param name="keepText">True where slices of text live on: their blocks are left to the collector.</param>
    public void Release(bool keepText)
    {
        foreach (var (_, text) in _texts)
        {
            if (keepText)
            {
                text.Detach();
            }

            text.Release();
        }
    }
}
