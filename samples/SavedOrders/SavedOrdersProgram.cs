namespace CodegenStreaming.Samples;

/// <summary>Two streaming contexts over one engine context, and a report between them.</summary>
internal static class SavedOrdersProgram
{
    public static async Task<int> RunAsync(string? folder, int ordersPerSecond, int interval, int batches)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("saved-orders-").FullName : null;
        try
        {
            return await RunAsync(folder ?? own!, batches, ordersPerSecond, new StreamingOptions { BatchInterval = TimeSpan.FromMilliseconds(interval) });
        }
        finally
        {
            if (own is not null)
            {
                Directory.Delete(own, recursive: true);
            }
        }
    }

    private static async Task<int> RunAsync(string folder, int batches, int ordersPerSecond, StreamingOptions options)
    {
        using var signals = new StopSignals();
        using var engine = new EngineContext("SavedOrders");
        Console.Error.WriteLine($"Saving {batches} batches of orders to {folder}. Ctrl+C ends it sooner.");
        await using (var saving = new StreamingContext(engine, options))
        {
            saving.Add(new SavedOrders(Order.ComeInAsync(ordersPerSecond), folder));

            // It stops the streaming context with stopEngine: false.
            if (await SampleRun.RunAsync(saving, batches, signals) is not 0 and var exitCode)
            {
                return exitCode;
            }
        }

        if (!Directory.Exists(folder) || Directory.GetDirectories(folder, "orders-*").Length == 0)
        {
            Console.WriteLine("Nothing was saved.");
            return 0;
        }

        var report = new SavedOrdersReport(engine, folder);
        report.Print();
        if (signals.First.IsCompleted)
        {
            return 0;
        }

        Console.Error.WriteLine($"Looking for orders of more than three times the average, in {batches} batches.");
        await using var comparing = new StreamingContext(engine, options);
        comparing.Add(new LargeOrders(Order.ComeInAsync(ordersPerSecond), report.Averages()));
        return await SampleRun.RunAsync(comparing, batches, signals);
    }
}
