using static CodegenStreaming.Generators.Tests.Harness.Diagnosed;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>What an annotated class must be: CGS0001 and CGS0002.</summary>
public sealed class ClassRulesTests
{
    private const string Define = "public void Define(StreamingContext streaming) { }";

    [Theory]
    [InlineData($"[StreamingPipeline] public sealed class [|Lines|] {{ {Define} }}")]
    [InlineData($"[StreamingOperators] public static class [|Lines|] {{ }}")]
    [InlineData($"public class [|Outer|] {{ [StreamingPipeline] public sealed partial class Lines {{ {Define} }} }}")]
    [InlineData($"public partial struct Outermost {{ public interface [|Outer|] {{ [StreamingPipeline] public sealed partial class Lines {{ {Define} }} }} }}")]
    public void CGS0001_IsReported_WhereSomethingIsNotPartial(string text) => Reports("CGS0001", text);

    [Theory]
    [InlineData($"[StreamingPipeline] public sealed partial class Lines {{ {Define} }}")]
    [InlineData("[StreamingOperators] public static partial class Lines { }")]
    [InlineData($"public partial class Outer {{ [StreamingPipeline] private sealed partial class Lines {{ {Define} }} }}")]
    [InlineData("public sealed class Lines { }")]
    public void CGS0001_IsNotReported_WhereAllIsPartial(string text) => DoesNotReport("CGS0001", text);

    [Theory]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { }")]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { public static void Define(StreamingContext streaming) { } }")]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { public async Task Define(StreamingContext streaming) { await Task.Yield(); } }")]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { public int Define(StreamingContext streaming) => 1; }")]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { private void Define(StreamingContext streaming) { } }")]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { public void Define<T>(StreamingContext streaming) { } }")]
    [InlineData("[StreamingPipeline] public sealed partial class [|Lines|] { public void Define(StreamingContext streaming, int number) { } }")]
    [InlineData("[StreamingPipeline] public static partial class [|Lines|] { }")]
    [InlineData($"public class Base {{ {Define} }} [StreamingPipeline] public sealed partial class [|Lines|] : Base {{ }}")]
    public void CGS0002_IsReported_WhereDefineCannotBeCalled(string text) => Reports("CGS0002", text);

    [Theory]
    [InlineData($"[StreamingPipeline] public sealed partial class Lines {{ {Define} }}")]
    [InlineData($"[StreamingPipeline] public sealed partial class Lines : IStreamingPipeline {{ {Define} }}")]
    [InlineData("[StreamingPipeline] public sealed partial class Lines : IStreamingPipeline { void IStreamingPipeline.Define(StreamingContext streaming) { } }")]
    [InlineData($"public sealed partial class Lines {{ {Define} }} [StreamingPipeline] public sealed partial class Lines {{ }}")]
    [InlineData($"[StreamingPipeline] public sealed partial class Lines {{ {Define} public static void Define(int number) {{ }} }}")]
    [InlineData("[StreamingOperators] public static partial class Lines { }")]
    public void CGS0002_IsNotReported_WhereItCan(string text) => DoesNotReport("CGS0002", text);
}
