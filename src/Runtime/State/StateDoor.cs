using System.Collections.Concurrent;

namespace CodegenStreaming.State;

/// <summary>
/// Between the batches of a state and those who read it on other threads. A batch passes without waiting: it counts when it begins to change the state, and when
/// it is done. A reader reads while no batch is at work, and looks at the count before it believes what it has read: where a batch came between, it reads again.
/// While one is at work it leaves its question, which is answered when the batch is done. Thread-safe.
/// </summary>
internal sealed class StateDoor
{
    private readonly ConcurrentQueue<Question> _questions = new();

    /// <summary>Odd while a batch changes the state.</summary>
    private int _count;

    /// <summary>The last batch that is in the state.</summary>
    private long _batchTime = long.MinValue;

    /// <summary>How often the state has been closed and opened: the same number again means that nothing has changed since.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A batch begins to change the state.</summary>
    public void Close() => Interlocked.Increment(ref _count);

    /// <summary>The batch is done. Answers questions, before the next one may close the state.</summary>
    /// <param name="committed">The batch, where the state has it; null where it failed and what it did was undone.</param>
    public void Open(BatchTime? committed)
    {
        if (committed is { } time)
        {
            Volatile.Write(ref _batchTime, time.Milliseconds);
        }

        Interlocked.Increment(ref _count); // Who left a question before this finds it answered below; who comes later need not ask.
        while (_questions.TryDequeue(out var question))
        {
            question.Answer(LatestBatch);
        }
    }

    /// <summary>Reads the state as it is at the end of a batch.</summary>
    /// <param name="read">Reads; false where what it found cannot be. Called again then, and where a batch came between.</param>
    /// <returns>The batch; null where none is in the state yet.</returns>
    public BatchTime? Read(Func<bool> read) => TryReadOrAsk(read, out var batch) is { } question ? question.Answered.GetAwaiter().GetResult() : batch;

    /// <summary>The same without a thread that waits for a batch.</summary>
    public async ValueTask<BatchTime?> ReadAsync(Func<bool> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (TryReadOrAsk(read, out var batch) is not { } question)
        {
            return batch;
        }

        using (cancellation.Register(question.Cancel))
        {
            return await question.Answered.ConfigureAwait(false);
        }
    }

    /// <summary>Reads while no batch is at work; otherwise leaves a question.</summary>
    private Question? TryReadOrAsk(Func<bool> read, out BatchTime? batch)
    {
        while (true)
        {
            var count = Count;
            if ((count & 1) == 0)
            {
                if (TryRead(read, count, out batch))
                {
                    return null;
                }

                continue;
            }

            var question = new Question(read);
            _questions.Enqueue(question);
            if (Count == count || !question.TryTakeBack())
            {
                batch = null;
                return question;
            }
        }
    }

    private BatchTime? LatestBatch => Volatile.Read(ref _batchTime) is not long.MinValue and var time ? new BatchTime(time) : null;

    private bool TryRead(Func<bool> read, int count, out BatchTime? batch)
    {
        batch = LatestBatch;
        bool isRead;
        try
        {
            isRead = read();
        }
#pragma warning disable CA1031 // What a key's functions throw over what is being changed means nothing.
        catch (Exception) when (IsChanged(count))
#pragma warning restore CA1031
        {
            return false;
        }

        return isRead && !IsChanged(count);
    }

    private bool IsChanged(int count)
    {
        Volatile.ReadBarrier();
        return Count != count;
    }

    /// <summary>What a reader wants to know, who waits for the answer.</summary>
    private sealed class Question(Func<bool> read)
    {
        private const int Open = 0;
        private const int Taken = 1;
        private const int TakenBack = 2;

        /// <summary>Whoever waits goes on elsewhere: not on the batch's thread.</summary>
        private readonly TaskCompletionSource<BatchTime?> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _state = Open;

        /// <summary>Completes with the batch.</summary>
        public Task<BatchTime?> Answered => _answered.Task;

        /// <summary>On the batch's thread, which alone could change the state.</summary>
        public void Answer(BatchTime? batch)
        {
            if (Interlocked.CompareExchange(ref _state, Taken, Open) != Open)
            {
                return;
            }

            try
            {
                read();
                _answered.SetResult(batch);
            }
#pragma warning disable CA1031 // It belongs to the reader.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _answered.SetException(exception);
            }
        }

        /// <summary>False where it is being answered, or has been.</summary>
        public bool TryTakeBack() => Interlocked.CompareExchange(ref _state, TakenBack, Open) == Open;

        /// <summary>Nobody wants to know any more; where it is being answered the answer comes.</summary>
        public void Cancel()
        {
            if (TryTakeBack())
            {
                _answered.SetCanceled();
            }
        }
    }
}
