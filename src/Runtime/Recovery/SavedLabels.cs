using System.Globalization;

namespace CodegenStreaming.Recovery;

/// <summary>
/// What the streams of a checkpoint are called where a user has to mean one of them: in <c>Named</c> and in <see cref="StreamingOptions.DiscardedStates"/>. That is the name,
/// or what it is for lack of one; where that would mean several, their pipeline stands before it (<c>Shop/visits</c>), or their number behind it (<c>… #2</c>), in the order
/// in which they were defined.
/// </summary>
internal static class SavedLabels
{
    public static string[] Of(IReadOnlyList<StreamIdentity> saved)
    {
        var labels = new string[saved.Count];
        foreach (var equals in saved.Index().GroupBy(static stream => stream.Item.Display))
        {
            (int Index, StreamIdentity Item)[] all = [.. equals];
            var pipelines = all.Select(static one => one.Item.Pipeline).Distinct().Count();
            foreach (var (number, (index, stream)) in all.Index())
            {
                // A window may keep two things, both of its name, which are given up together.
                labels[index] = stream.Name is not null ? (pipelines == 1 ? stream.Name : $"{stream.Pipeline}/{stream.Name}")
                    : all.Length == 1 ? stream.Display
                    : string.Create(CultureInfo.InvariantCulture, $"{stream.Display} #{number + 1}");
            }
        }

        return labels;
    }
}
