namespace CodegenStreaming.Tests;

/// <summary>Runs a test on random data; a failure names the seed, which <see cref="Again"/> runs alone.</summary>
internal static class Randomly
{
    public static void Test(int rounds, Action<Random> test)
    {
        for (var round = 0; round < rounds; round++)
        {
            Again(Random.Shared.Next(), test);
        }
    }

    public static void Again(int seed, Action<Random> test)
    {
        try
        {
            test(new Random(seed));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed with seed {seed}: run it alone with Randomly.Again({seed}, …).", exception);
        }
    }

    public static string Text(Random random, int maximumLength, string alphabet)
    {
        var characters = new char[random.Next(maximumLength + 1)];
        for (var index = 0; index < characters.Length; index++)
        {
            characters[index] = alphabet[random.Next(alphabet.Length)];
        }

        return new string(characters);
    }
}
