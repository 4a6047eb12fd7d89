using Npgsql;

namespace CodegenStreaming.Samples;

/// <summary>The table of counts. It has a row for each batch and word, so a batch that is run again writes what is there already.</summary>
internal static class WordTable
{
    private const string Create = """
        create table if not exists word_counts (batch bigint, word text, count bigint not null, primary key (batch, word));
        create or replace view word_totals as select word, sum(count)::bigint as count from word_counts group by word;
        """;

    private const string Upsert = """
        insert into word_counts (batch, word, count) select $1, * from unnest($2, $3)
        on conflict (batch, word) do update set count = excluded.count
        """;

    public static async Task CreateAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(Create);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes a partition's counts by one statement.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, BatchTime batch, IEnumerable<(string Word, long Count)> counts, CancellationToken cancellation)
    {
        var (words, numbers) = (new List<string>(), new List<long>());
        foreach (var (word, count) in counts)
        {
            words.Add(word);
            numbers.Add(count);
        }

        await using var command = new NpgsqlCommand(Upsert, connection)
        {
            Parameters = { new() { Value = batch.Milliseconds }, new() { Value = words }, new() { Value = numbers } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Whether a connection still is one.</summary>
    public static async ValueTask<bool> AnswersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select 1", connection);
        return await command.ExecuteScalarAsync(cancellation) is 1;
    }

    /// <summary>The most frequent words of all batches.</summary>
    public static async Task<IReadOnlyList<(string Word, long Count)>> MostFrequentAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select word, count from word_totals order by count desc, word limit 5");
        await using var reader = await command.ExecuteReaderAsync();
        var words = new List<(string, long)>();
        while (await reader.ReadAsync())
        {
            words.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return words;
    }
}
