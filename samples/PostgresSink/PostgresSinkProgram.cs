namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop, and shows what is in the database then.</summary>
internal static class PostgresSinkProgram
{
    public static async Task<int> RunAsync(string? connectionString, int linesPerSecond, int? batches)
    {
        try
        {
            using var own = connectionString is null ? LocalPostgres.Start() : null;
            var connection = connectionString ?? own!.ConnectionString;
            await WordTable.CreateAsync(connection);
            Console.Error.WriteLine($"Writing word counts to {connection}, every second. Ctrl+C stops.");
            using var engine = new EngineContext("PostgresSink");
            await using var streaming = new StreamingContext(engine, new StreamingOptions { AppName = "PostgresSink" });
            streaming.Add(new PostgresSink(Lines.ComeInAsync(linesPerSecond), connection));
            var exitCode = await SampleRun.RunAsync(streaming, batches);
            Console.WriteLine($"In the database: {string.Join(", ", await WordTable.MostFrequentAsync(connection))}.");
            return exitCode;
        }
        catch (FileNotFoundException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }
}
