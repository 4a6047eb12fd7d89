namespace CodegenStreaming.TestKit.Tests.Contracts;

/// <summary>A table of a database: ids grow and have gaps, how many there are between two of them is known to a query only, and positions are written as text.</summary>
internal sealed class Table
{
    private readonly SortedList<int, string> _rows = [];
    private readonly Random _random = new(1);
    private int _last;

    public IReadOnlyList<string> Insert(int count)
    {
        lock (_rows)
        {
            var added = new List<string>();
            for (var row = 0; row < count; row++)
            {
                _last += _random.Next(1, 5);
                _rows.Add(_last, $"row {_last}");
                added.Add($"row {_last}");
            }

            return added;
        }
    }

    public (int Id, string Row)[] Query(Func<int, bool> where)
    {
        lock (_rows)
        {
            return [.. _rows.Where(row => where(row.Key)).Select(row => (row.Key, row.Value))];
        }
    }
}

internal sealed class TableSource(Table table) : DirectSource<string, string>
{
    private bool _isOpen;

    public override string Name => "Table";

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _isOpen = true;
    }

    public override Task StopAsync()
    {
        _isOpen = false;
        return Task.CompletedTask;
    }

    public override IReadOnlyList<DirectRange<string>> Plan(IReadOnlyDictionary<string, string> positions)
    {
        CheckOpen();
        var from = positions.GetValueOrDefault("rows", "id 0");
        var rows = table.Query(id => id >= Id(from));
        return [new DirectRange<string>("rows", from, rows.Length == 0 ? from : $"id {rows[^1].Id + 1}")];
    }

    public override DirectRange<string> Limit(DirectRange<string> range, long records)
    {
        var rows = table.Query(id => id >= Id(range.From) && id < Id(range.Until));
        return rows.Length <= records ? range : range with { Until = $"id {rows[records].Id}" };
    }

    public override IEnumerable<string> Read(DirectRange<string> range, CancellationToken cancellationToken)
    {
        CheckOpen();
        return table.Query(id => id >= Id(range.From) && id < Id(range.Until)).Select(row => row.Row);
    }

    private static int Id(string position) => int.Parse(position["id ".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private void CheckOpen()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("The connection is closed.");
        }
    }
}
