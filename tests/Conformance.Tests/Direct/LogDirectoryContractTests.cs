namespace CodegenStreaming.Conformance.Direct;

/// <summary>A log directory keeps the contract of sources: with one partition and several, in one segment and in many, and with segments deleted behind it.</summary>
public sealed class LogDirectoryContractTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("log-contract").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 1_000_000, 1000, false)]
    [InlineData(3, 1_000_000, 10, false)]
    [InlineData(2, 100, 1, false)]
    [InlineData(3, 1, 3, true)]
    public Task LogDirectory_KeepsTheContract(int partitions, long segmentLength, int flushEvery, bool deletesCommitted) =>
        new Contract(_folder, partitions, segmentLength, flushEvery, deletesCommitted).CheckAllAsync();

    private sealed class Contract(string folder, int partitions, long segmentLength, int flushEvery, bool deletesCommitted) : DirectSourceContract<string, long>
    {
        private int _next;

        protected override DirectSource<string, long> CreateSource() => new LogDirectorySource<string>(folder) { DeletesCommitted = deletesCommitted };

        protected override Task<IReadOnlyList<string>> AddAsync(int count)
        {
            var added = Enumerable.Range(_next, count).Select(number => $"record {number}").ToArray();
            _next += count;
            for (var partition = 0; partition < partitions; partition++)
            {
                using var writer = new LogDirectoryWriter<string>(folder, $"p{partition}", segmentLength: segmentLength);
                var left = flushEvery;
                for (var index = partition; index < count; index += partitions)
                {
                    writer.Append(added[index]);
                    if (--left == 0)
                    {
                        writer.Flush();
                        left = flushEvery;
                    }
                }
            }

            return Task.FromResult<IReadOnlyList<string>>(added);
        }
    }
}
