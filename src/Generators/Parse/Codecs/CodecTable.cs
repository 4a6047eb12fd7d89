using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>The operators that store records as bytes, or read them.</summary>
internal static class CodecTable
{
    /// <summary>By name: whether the call is wrong where its records have no codec. Otherwise it may do without, and the runtime says so where it does not.</summary>
    private static readonly Dictionary<string, bool> MustHave = new()
    {
        ["SaveAsObjectFile"] = true,
        ["SaveAsObjectFiles"] = true,
        ["ObjectFile"] = true,
        ["Persist"] = false,
    };

    /// <summary>Whether a codec is generated for the records of a call: not where the user gives one.</summary>
    public static bool Needs(OperatorCall call) =>
        MustHave.ContainsKey(call.Method.Name)
        && !call.Operation.Arguments.Any(argument =>
            argument.ArgumentKind == ArgumentKind.Explicit
            && argument.Parameter?.Type.Name == "RecordCodec"
            && argument.Value is not { ConstantValue: { HasValue: true, Value: null } });

    public static bool MustHaveOne(OperatorCall call) => MustHave[call.Method.Name];
}
