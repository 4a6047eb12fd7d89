namespace CodegenStreaming;

/// <summary>
/// Marks a partial class of helper methods that take and return streams or data sets, without a <c>Define</c> of its own. Chains that pass through
/// its methods are fused and joined with the chains around them.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StreamingOperatorsAttribute : Attribute;
