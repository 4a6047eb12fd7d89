using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>
/// DuckDB in the process, on one thread: a batch of .NET records is a table function of a query. It takes no part where records are text in a block, or
/// where the query says nothing that a table function's scan would not drown.
/// </summary>
internal sealed class DuckDbRival : IDisposable
{
    private const string Batch = "batch";

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private DuckDbRival() => _connection.Open();

    /// <summary>A database in memory with one thread.</summary>
    public static DuckDbRival Open()
    {
        var database = new DuckDbRival();
        database.Execute("set threads to 1");
        return database;
    }

    /// <summary>Makes a batch known as <c>batch(0)</c>.</summary>
    public DuckDbRival WithBatch<T, TColumns>(T[] records, System.Linq.Expressions.Expression<Func<T, TColumns>> columns)
    {
        _connection.RegisterTableFunction<long, T, TColumns>(Batch, _ => records, columns);
        return this;
    }

    public DuckDbRival Execute(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
        return this;
    }

    /// <summary>A query that gives one number.</summary>
    public long Number(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar() switch
        {
            BigInteger huge => (long)huge, // A sum of 64-bit numbers has 128 bits.
            var number => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        };
    }

    public void Dispose() => _connection.Dispose();
}
