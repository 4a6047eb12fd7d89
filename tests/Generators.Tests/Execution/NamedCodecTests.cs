using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>A codec that [RecordCodec] names takes the place of the one that would be generated, and makes storable what would not be.</summary>
public sealed class NamedCodecTests
{
    [Fact]
    public void CodecThatATypeNames_WritesIt_AndWhatHoldsIt()
    {
        var table = Table("""
            [RecordCodec(typeof(ShapeCodec))] public abstract record Shape;
            public record Square(int Side) : Shape;
            public record Circle(int Radius) : Shape;
            public record Drawing(string Name, List<Shape?> Shapes);

            public struct ShapeCodec : ICodec<Shape?>
            {
                public static RecordSchema Schema => Int32Codec.Schema;
                public static void Write(ref RecordWriter writer, Shape? value) => writer.WriteInt32(value switch { Square square => square.Side, Circle circle => -circle.Radius, _ => 0 });
                public static Shape? Read(ref RecordReader reader) => reader.ReadInt32() is var number && number > 0 ? new Square(number) : number < 0 ? new Circle(-number) : null;
            }
            """,
            "s.Input<(string, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<Drawing> state) => state)");
        var codec = Assert.Single(table.Codecs);

        Assert.Equal("Drawing { Name: string, Shapes: list of int32 }?", codec.Schema.ToString());
        var type = codec.RecordType;
        var shapes = (System.Collections.IList)Activator.CreateInstance(type.GetProperty("Shapes")!.PropertyType)!;
        shapes.Add(Activator.CreateInstance(type.Assembly.GetType("Square")!, 3));
        shapes.Add(null);
        shapes.Add(Activator.CreateInstance(type.Assembly.GetType("Circle")!, 5));
        var decoded = Again(codec, Activator.CreateInstance(type, "d", shapes)!);
        Assert.Equal(shapes, (System.Collections.IList)type.GetProperty("Shapes")!.GetValue(decoded)!);
    }

    [Fact]
    public void AssemblyNamesCodecs_OfTypesThatAreNotTheUsers()
    {
        var table = Table("""
            [assembly: RecordCodec(typeof(VersionCodec))]
            [assembly: RecordCodec(typeof(UriCodec))]
            public record Release(Version Version, Dictionary<string, Uri?> Files);

            public struct VersionCodec : ICodec<Version?>
            {
                public static RecordSchema Schema => StringCodec.Schema;
                public static void Write(ref RecordWriter writer, Version? value) => writer.WriteString(value?.ToString());
                public static Version? Read(ref RecordReader reader) => Version.TryParse(reader.ReadString(), out var version) ? version : null;
            }

            public struct UriCodec : ICodec<Uri?>
            {
                public static RecordSchema Schema => StringCodec.Schema;
                public static void Write(ref RecordWriter writer, Uri? value) => writer.WriteString(value?.ToString());
                public static Uri? Read(ref RecordReader reader) => Uri.TryCreate(reader.ReadString(), UriKind.Absolute, out var uri) ? uri : null;
            }
            """,
            "s.Input<(Version, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<Release> state) => state)");

        Assert.Equal(["string", "Release { Version: string, Files: dictionary of string to string }?"], table.Codecs.Select(codec => codec.Schema.ToString()));
        Assert.Equal(new Version(1, 2), Again(table.CodecOf<Version>()!, new Version(1, 2)));
    }

    [Fact]
    public void NamedCodec_IsNotHiddenByAGeneratedOneOfItsName()
    {
        var table = Table("""
            public record Pair(A.Order First, Order Second);

            [RecordCodec(typeof(OrderCodec))]
            public record struct Order(object? Value);

            public struct OrderCodec : ICodec<Order>
            {
                public static RecordSchema Schema => BooleanCodec.Schema;
                public static void Write(ref RecordWriter writer, Order value) => writer.WriteByte(0);
                public static Order Read(ref RecordReader reader) => new(reader.ReadByte());
            }

            namespace A
            {
                public record Order(int Number);
            }
            """,
            "s.Input<Pair>(\"n\").Window(TimeSpan.FromSeconds(2))");

        Assert.Equal("Pair { First: A.Order { Number: int32 }?, Second: boolean }?", Assert.Single(table.Codecs).Schema.ToString());
    }

    private static object Again(RecordCodec codec, object value)
    {
        var type = typeof(RecordCodec<>).MakeGenericType(codec.RecordType);
        var bytes = (byte[])type.GetMethod("Encode")!.Invoke(codec, [value])!;
        return typeof(NamedCodecTests).GetMethod(nameof(Decode), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(codec.RecordType).Invoke(null, [codec, bytes])!;
    }

    private static object Decode<T>(RecordCodec<T> codec, byte[] bytes) => codec.Decode(bytes)!;

    private static LoopTable Table(string types, string call) => ((IPipelineLoops)ProgramCompiler.Compile($$"""
        using CodegenStreaming.Codecs;

        {{types}}

        [StreamingPipeline]
        public partial class P
        {
            public void Define(StreamingContext s)
            {
                {{call}}.Print();
            }
        }
        """).Create("P")).Loops;
}
