using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>New text files of a directory. It does not run by itself: each batch lists the directory, and its tasks read the files.</summary>
internal sealed class FileInput<T> : InputStream
{
    private readonly DirectoryPattern _directory;
    private readonly FileStreamOptions _options;
    private readonly long _ignoreUntil;
    private InputServices? _services;
    private FileSelection? _selection;
    private OncePerMinute? _listingWarning;

    /// <param name="operatorName">The method that made the stream.</param>
    /// <param name="directory">The directory, or a pattern of directories.</param>
    /// <param name="options">The user's options, or null.</param>
    /// <param name="now">The time of definition: older files are not new.</param>
    /// <param name="createBuffer">What kind of record a line becomes.</param>
    public FileInput(
        string operatorName, string directory, FileStreamOptions? options, DateTimeOffset now, Func<BlockPool, LineBuffer<T>> createBuffer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        options ??= new FileStreamOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.RememberWindow, TimeSpan.Zero, nameof(options));
        _directory = new DirectoryPattern(directory);
        _options = new FileStreamOptions
        {
            Filter = options.Filter,
            NewFilesOnly = options.NewFilesOnly,
            Recursive = options.Recursive,
            RememberWindow = options.RememberWindow,
        };
        _ignoreUntil = options.NewFilesOnly ? now.ToUnixTimeMilliseconds() : 0;
        Node = new FileNode<T>(operatorName, new TextFileReading<T>(createBuffer, ReportUnreadable));
    }

    public override string Name => "File stream";

    public override bool IsExternal => true;

    public override FileNode<T> Node { get; }

    /// <summary>False: what lies in a directory was not received, and a later run of the program can take it.</summary>
    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
        _services = services;
        _listingWarning = new OncePerMinute(services.Time);
        var batches = Math.Ceiling(_options.RememberWindow / services.BatchInterval);
        _selection = new FileSelection(_directory, _options, _ignoreUntil, services.BatchInterval * batches);
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        var paths = _services is null ? [] : Select(_services, time);
        Node.SetFiles(scope, paths);
        return new InputAllocation(0, paths.Count); // How many records the files hold is known when they have been read.
    }

    private IReadOnlyList<string> Select(InputServices services, BatchTime time)
    {
        var began = services.Time.GetTimestamp();
        try
        {
            var batch = _selection!.Select(time);
            foreach (var path in batch.Changed)
            {
                services.Logger.TakenFileChanged(DisplayName, path);
            }

            WarnOfSlowListing(services, services.Time.GetElapsedTime(began));
            return batch.Paths;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_listingWarning!.IsDue())
            {
                services.Logger.DirectoryUnreadable(DisplayName, _directory.ToString(), exception.Message);
            }

            return [];
        }
    }

    private void WarnOfSlowListing(InputServices services, TimeSpan elapsed)
    {
        if (elapsed > services.BatchInterval)
        {
            services.Logger.ListingSlow(DisplayName, _directory.ToString(), elapsed, services.BatchInterval);
        }
    }

    private void ReportUnreadable(string path, Exception exception)
    {
        _selection!.Forget(path);
        _services!.Logger.FileUnreadable(DisplayName, path, exception.Message);
        _services.Receivers.ReceiverError(new ReceiverInfo(StreamId, DisplayName, IsActive: true, $"{path}: {exception.Message}", exception));
    }
}
