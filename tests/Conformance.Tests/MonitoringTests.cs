using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Conformance;

public sealed class MonitoringTests : IDisposable
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task EachBatch_HasOneLogLine_WithItsFigures()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = _log });
        var input = test.AddSource<int>();
        input.Stream.ForeachRdd(_ => test.Time.Advance(TimeSpan.FromMilliseconds(20)));
        test.Start();
        input.Add(1, 2, 3);
        await test.AdvanceAsync();
        await test.AdvanceAsync();

        var lines = _log.Lines.Where(line => line.Values.ContainsKey("TotalDelayMs")).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(LogLevel.Information, lines[0].Level);
        Assert.Equal(
            "Batch 1000000001000 ms: 3 records, scheduling delay 0.0 ms, processing time 20.0 ms, total delay 20.0 ms", lines[0].Text);
        Assert.Equal(test.BatchTimeOf(1).Milliseconds, lines[0].Values["BatchTime"]);
        Assert.Equal(3L, lines[0].Values["Records"]);
        Assert.Equal(20.0, lines[0].Values["ProcessingMs"]);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(20, 2)]
    public async Task TenBatchesInARowLongerThanTheInterval_AreWarnedAbout(int longBatches, int warnings)
    {
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = _log });
        var batches = 0;
        test.AddSource<int>().Stream.ForeachRdd(_ =>
        {
            if (batches++ < longBatches)
            {
                test.Time.Advance(TimeSpan.FromMilliseconds(1001));
            }
        });
        test.Start();

        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.Streaming.Run!.Ledger.WaitForAsync(test.BatchTimeOf(longBatches + 1));

        Assert.Equal(longBatches + 1, batches);
        Assert.Equal(warnings, _log.Warnings.Count(warning => warning.Contains("longer than the batch interval", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task FailedOutput_IsLoggedWithItsException()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = _log });
        test.AddSource<int>().Stream.ForeachRdd(_ => throw new FormatException("broken")).Named("orders");
        await test.ExpectFailureAsync("orders");

        var line = Assert.Single(_log.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal("Output 0 (orders) of batch 1000000001000 ms failed", line.Text);
        Assert.Equal("broken", line.Exception?.Message);
    }

    [Fact]
    public async Task StartAndStop_AreLogged()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = _log });
        test.AddSource<int>().Stream.Print();
        test.Start();
        test.Streaming.Stop();

        Assert.Contains(_log.Lines, line => line.Text.StartsWith("test started: a batch every 00:00:01, 2 task thread(s), 1 input(s)", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Text == "test stopped");
    }

    [Fact]
    public async Task Meter_CountsRecordsBatchesAndFailures()
    {
        var app = Guid.NewGuid().ToString();
        var longs = new ConcurrentQueue<(string Name, long Value)>();
        var doubles = new ConcurrentQueue<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "CodegenStreaming" && instrument.Meter.Tags!.Any(tag => tag.Key == "app" && (string?)tag.Value == app))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => longs.Enqueue((instrument.Name, value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => doubles.Enqueue((instrument.Name, value)));
        listener.Start();
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { AppName = app } });
        var input = new GivenInput<int>();
        input.AddTo(test.Streaming).ForeachRdd(rdd =>
        {
            test.Time.Advance(TimeSpan.FromMilliseconds(250));
            if (rdd.Count() == 1)
            {
                throw new FormatException();
            }
        });
        test.Start();
        await input.Services!.Memory.ReserveAsync(4096, TestContext.Current.CancellationToken);
        input.Give(1, 2, 3);
        await test.AdvanceAsync();
        input.Give(4);
        await test.ExpectFailureAsync();
        listener.RecordObservableInstruments();

        Assert.Equal(4, Sum("codegenstreaming.records"));
        Assert.Equal(2, Sum("codegenstreaming.batches"));
        Assert.Equal(1, Sum("codegenstreaming.batches.failed"));
        Assert.Equal(4096, Sum("codegenstreaming.pending.bytes"));
        Assert.Equal(0, Sum("codegenstreaming.batches.waiting"));
        Assert.Equal([0.25, 0.25], Values("codegenstreaming.batch.processing_time"));
        Assert.Equal([0.0, 0.0], Values("codegenstreaming.batch.scheduling_delay"));
        Assert.Equal([0.25, 0.25], Values("codegenstreaming.batch.total_delay"));

        long Sum(string name) => longs.Where(measured => measured.Name == name).Sum(measured => measured.Value);
        IEnumerable<double> Values(string name) => doubles.Where(measured => measured.Name == name).Select(measured => measured.Value);
    }

    [Fact]
    public async Task MeterListenerThatThrows_SurfacesAtAwaitTermination_AndBatchesGoOn()
    {
        var app = Guid.NewGuid().ToString();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "codegenstreaming.batches" && instrument.Meter.Tags!.Any(tag => (string?)tag.Value == app))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new FormatException("meter"));
        listener.Start();
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { AppName = app } });
        var batches = 0;
        test.AddSource<int>().Stream.ForeachRdd(_ => batches++);
        test.Start();

        await test.AdvanceAsync(3);

        Assert.Equal(3, batches);
        Assert.Equal("meter", Assert.Throws<FormatException>(test.Streaming.AwaitTermination).Message);
    }

    public void Dispose() => _log.Dispose();
}
