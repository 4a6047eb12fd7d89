namespace CodegenStreaming.Conformance.State;

/// <summary>Runs a test on random data; a failure names the seed.</summary>
internal static class Randomly
{
    public static async Task TestAsync(int rounds, Func<Random, Task> test)
    {
        for (var round = 0; round < rounds; round++)
        {
            await AgainAsync(Random.Shared.Next(), test);
        }
    }

    public static async Task AgainAsync(int seed, Func<Random, Task> test)
    {
        try
        {
            await test(new Random(seed));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed with seed {seed}: run it alone with Randomly.AgainAsync({seed}, …).", exception);
        }
    }
}
