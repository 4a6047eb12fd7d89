namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class EnrichmentProgram
{
    public static async Task<int> RunAsync(Uri? address, int ordersPerSecond, int? batches)
    {
        using var own = address is null ? new PriceService() : null;
        using var service = new HttpClient { BaseAddress = address ?? own!.Address };
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "Enrichment" });
        streaming.Add(new Enrichment(Order.ComeInAsync(ordersPerSecond), service));
        Console.Error.WriteLine($"Asking {service.BaseAddress} for the prices of {ordersPerSecond} orders a second. Ctrl+C stops.");
        var exitCode = await SampleRun.RunAsync(streaming, batches);
        if (own is not null)
        {
            Console.Error.WriteLine($"The service has refused {own.Refused} requests.");
        }

        return exitCode;
    }
}
