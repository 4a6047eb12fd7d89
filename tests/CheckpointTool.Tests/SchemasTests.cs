using CodegenStreaming.CheckpointTool.Schemas;
using CodegenStreaming.Codecs;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Tests;

public sealed class SchemasTests(WrittenCheckpoint written) : IClassFixture<WrittenCheckpoint>, IDisposable
{
    private static readonly string[] ShopLines =
    [
        "(unnamed) batches of ReduceByKeyAndWindow of CodegenStreaming.CheckpointTool.Tests.Shop.record.Item1: string",
        "(unnamed) batches of ReduceByKeyAndWindow of CodegenStreaming.CheckpointTool.Tests.Shop.record.Item2: int32",
        "all.record: int32",
        "all.state: int32",
        "sliding.key: string",
        "sliding.record.Item1: string",
        "sliding.record.Item2: int32",
        "sliding.state: int32",
        "totals.key: string",
        "totals.state: int64",
        "visits.key: string",
        "visits.state?.Amounts[]: int32",
        "visits.state?.Count: int32",
        "visits.state?.Mood.Busy = 1",
        "visits.state?.Mood.Calm = 0",
        "visits.state?.Mood: enum of int32",
        "visits.state?.Note: string",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Shipped => _folder["Shipped.txt"];

    private string Unshipped => _folder["Unshipped.txt"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Schemas_AreWritten_ThenCompared_ThenShipped()
    {
        Assert.Equal(1, Run("--check").Code);
        Assert.False(File.Exists(Unshipped));

        Assert.Equal(0, Run().Code);
        Assert.Empty(File.ReadAllText(Shipped));
        Assert.Equal(ShopLines, File.ReadAllLines(Unshipped));
        Assert.Equal(0, Run("--check").Code);

        Assert.Equal(0, Run("--ship").Code);
        Assert.Equal(ShopLines, File.ReadAllLines(Shipped));
        Assert.Empty(File.ReadAllText(Unshipped));
        Assert.Equal(0, Run("--check").Code);
        Assert.Equal(0, Run().Code);
        Assert.Empty(File.ReadAllText(Unshipped));
    }

    [Fact]
    public void Differences_FailTheCheck_AndAreUnshippedChanges()
    {
        File.WriteAllLines(Shipped, ["# what version 1 had", .. ShopLines.Except(["totals.state: int64"]), "totals.state: int32", "old.key: string"]);
        var check = Run("--check");
        Assert.Equal(1, check.Code);
        Assert.Equal(
            ["- old.key: string", "- totals.state: int32", "+ totals.state: int64", "The checkpoint differs from the files: 1 lines that they lack, 2 that only they have.", ""],
            check.Rows);

        Assert.Equal(0, Run().Code);
        Assert.Equal(["*REMOVED*old.key: string", "*REMOVED*totals.state: int32", "totals.state: int64"], File.ReadAllLines(Unshipped));
        Assert.Equal(0, Run("--check").Code);
    }

    [Fact]
    public void Lines_TellEqualNamesApart_AndGoIntoFields()
    {
        var inner = RecordSchema.Record("Inner", ("A", Int32Codec.Schema));
        Assert.Equal(
            [
                "(unnamed) Kind of p#2.key: int32",
                "(unnamed) Kind of p.key: int32",
                "d.state[].A: int32",
                "d.state[key]: string",
                "e.state: no fields",
                "p/same.key: int32",
                "q/same.key: int64",
                "r.state: raw Point of 12 bytes",
                "two\\nlines.state[]?.A: int32",
            ],
            SchemaLines.Of(
            [
                Identity("p", null, "key", Int32Codec.Schema),
                Identity("p", null, "key", Int32Codec.Schema),
                Identity("p", "same", "key", Int32Codec.Schema),
                Identity("q", "same", "key", Int64Codec.Schema),
                Identity("p", "two\nlines", "state", RecordSchema.List(RecordSchema.Optional(inner))),
                Identity("p", "d", "state", RecordSchema.Dictionary(StringCodec.Schema, inner)),
                Identity("p", "e", "state", RecordSchema.Record("Nothing")),
                Identity("p", "r", "state", RecordSchema.Raw("Point", 12)),
            ]));
    }

    private static StreamIdentity Identity(string pipeline, string? name, string part, RecordSchema schema) => new(pipeline, name, "Kind", "", "", [(part, schema)]);

    private ToolRun Run(params string[] arguments) => ToolRun.Of(["schemas", written.Directory, "--shipped", Shipped, "--unshipped", Unshipped, .. arguments]);
}
