using CodegenStreaming.Batches;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>New text files of a directory. It does not run by itself: each batch lists the directory, and its tasks read the files.</summary>
internal sealed class FileInput<T> : InputStream, IReplayableInput
{
    private readonly DirectoryPattern _directory;
    private readonly FileStreamOptions _options;
    private readonly long _ignoreUntil;
    private InputServices? _services;
    private FileSelection? _selection;
    private OncePerMinute? _listingWarning;
    private byte[] _restored = [];

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

    public override string Origin => _directory.ToString();

    public override bool IsExternal => true;

    public override FileNode<T> Node { get; }

    public ReadOnlyMemory<byte> Plan { get; private set; }

    /// <summary>False: what lies in a directory was not received, and a later run of the program can take it.</summary>
    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
        _services = services;
        _listingWarning = new OncePerMinute(services.Time);
        var batches = Math.Ceiling(_options.RememberWindow / services.BatchInterval);
        _selection = new FileSelection(_directory, _options, _ignoreUntil, services.BatchInterval * batches, services.BatchInterval);
        if (_restored.Length > 0)
        {
            var reader = new RecordReader(_restored);
            _selection.Restore(ref reader);
        }
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        return Give(scope, _services is null ? [] : Select(_services, time));
    }

    public InputAllocation AllocateAgain(BatchTime time, EvaluationScope scope, ReadOnlySpan<byte> plan) =>
        Give(scope, _selection!.SelectAgain(time, FilePlan.Read(plan)));

    public byte[] SavePositions()
    {
        if (_selection is null)
        {
            return _restored;
        }

        return RecordBytes.Of(_services!.Pool, (ref RecordWriter writer) =>
        {
            _selection.Save(ref writer);
        });
    }

    public void RestorePositions(ReadOnlySpan<byte> positions)
    {
        // They are read now too: what is damaged is to be found before anything runs.
        var reader = new RecordReader(positions);
        if (new FileSelection(_directory, _options, _ignoreUntil, default, default).Restore(ref reader) is { } elsewhere)
        {
            throw new IncompatibleStateException(
                Node.Describe(), $"It has taken files such as {elsewhere}, and reads {_directory} now: files that were moved there would be taken once more. Keep the directory.");
        }

        _restored = positions.ToArray();
    }

    private InputAllocation Give(EvaluationScope scope, IReadOnlyList<FoundFile> files)
    {
        Plan = files.Count == 0 ? default : FilePlan.Write(files, scope.Pool);
        Node.SetFiles(scope, [.. files.Select(static file => file.Path)]);
        return new InputAllocation(0, files.Count); // How many records the files hold is known when they have been read.
    }

    private IReadOnlyList<FoundFile> Select(InputServices services, BatchTime time)
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
            return batch.Files;
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
