namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>A window's length and slide in batches, over a stream with a slide of its own.</summary>
internal readonly record struct WindowSpan(int Length, int Slide, int Step)
{
    private const int MostBatches = 8;

    public static WindowSpan Next(Random random, int step)
    {
        var length = step * random.Next(1, Math.Max(1, MostBatches / step) + 1);
        var slide = step * (random.Next(2) == 0 ? 1 : random.Next(1, Math.Max(1, 6 / step) + 1));
        return new WindowSpan(length, slide, step);
    }

    /// <summary>The arguments, as C# text.</summary>
    /// <param name="random">Chooses between ways to say the same.</param>
    /// <param name="isWhole">True where the slide must be said.</param>
    public string Arguments(Random random, bool isWhole = false) => (Slide == Step && random.Next(2) == 0, isWhole) switch
    {
        (true, true) => $"{Text(Length)}, null",
        (true, false) => Text(Length),
        _ => $"{Text(Length)}, {(isWhole || random.Next(2) == 0 ? "" : "slideDuration: ")}{Text(Slide)}",
    };

    private static string Text(int batches) => $"TimeSpan.FromSeconds({batches})";
}
