using System.Diagnostics.Metrics;

namespace CodegenStreaming.Observability;

/// <summary>
/// The meter <c>CodegenStreaming</c> of one context; its tag <c>app</c> is the application's name. Thread-safe.
/// </summary>
internal sealed class StreamingMetrics : IDisposable
{
    public const string MeterName = "CodegenStreaming";

    private readonly Meter _meter;
    private readonly Counter<long> _records;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _failedBatches;
    private readonly Histogram<double> _schedulingDelay;
    private readonly Histogram<double> _processingTime;
    private readonly Histogram<double> _totalDelay;

    public StreamingMetrics(string appName, Func<long> pendingBytes, Func<long> waitingBatches)
    {
        _meter = new Meter(new MeterOptions(MeterName) { Tags = [new("app", appName)] });
        _records = _meter.CreateCounter<long>("codegenstreaming.records", "{record}", "Records that batches got.");
        _batches = _meter.CreateCounter<long>("codegenstreaming.batches", "{batch}", "Batches completed.");
        _failedBatches = _meter.CreateCounter<long>("codegenstreaming.batches.failed", "{batch}", "Batches with a failed output.");
        _schedulingDelay = _meter.CreateHistogram<double>("codegenstreaming.batch.scheduling_delay", "s", "How long a batch waited for its turn.");
        _processingTime = _meter.CreateHistogram<double>("codegenstreaming.batch.processing_time", "s", "How long a batch's outputs took.");
        _totalDelay = _meter.CreateHistogram<double>("codegenstreaming.batch.total_delay", "s", "From a batch's submission to its end.");
        _meter.CreateObservableGauge("codegenstreaming.pending.bytes", pendingBytes, "By", "Received data that is not processed yet.");
        _meter.CreateObservableGauge("codegenstreaming.batches.waiting", waitingBatches, "{batch}", "Batches submitted and not completed.");
    }

    public void BatchSubmitted(long records) => _records.Add(records);

    public void BatchCompleted(TimeSpan schedulingDelay, TimeSpan processingTime, bool failed)
    {
        _batches.Add(1);
        if (failed)
        {
            _failedBatches.Add(1);
        }

        _schedulingDelay.Record(schedulingDelay.TotalSeconds);
        _processingTime.Record(processingTime.TotalSeconds);
        _totalDelay.Record((schedulingDelay + processingTime).TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
