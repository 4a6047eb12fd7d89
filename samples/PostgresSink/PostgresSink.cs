using Npgsql;

namespace CodegenStreaming.Samples;

/// <summary>Counts the words of each batch of lines, and writes the counts to PostgreSQL.</summary>
[StreamingPipeline]
public sealed partial class PostgresSink(IAsyncEnumerable<string> lines, string connectionString)
{
    public void Define(StreamingContext streaming)
    {
        var counts = streaming.AsyncEnumerableStream(lines)
                              .FlatMap(line => line.Split(' '))
                              .Map(word => (word, 1L))
                              .ReduceByKey((a, b) => a + b);

        counts.ForeachRdd(async (rdd, time, _) =>
        {
            // The pool is made in the first batch; its connections are opened by tasks that need one, and used again in later batches.
            var pool = streaming.Engine.GetOrCreateConnectionPool("postgres", OpenAsync, new() { MaxSize = 4, IsHealthy = WordTable.AnswersAsync });
            await rdd.ForeachPartitionAsync(async (records, cancellation) =>
            {
                await using var lease = await pool.RentAsync(cancellation);
                await WordTable.WriteAsync(lease.Connection, time, records, cancellation);
            });
            Console.WriteLine($"Batch {time.Milliseconds} ms is written, over {pool.Count} connections.");
        });
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        // Without Npgsql's own pool: this program shows the one that comes with the library.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
