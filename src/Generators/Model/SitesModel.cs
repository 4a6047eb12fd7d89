using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>The call sites of an annotated class: what its interceptors are written from.</summary>
/// <param name="LoopsAccess">The class's loop table as the interceptors can name it; empty where they cannot.</param>
internal sealed record SitesModel(string Key, string Name, string HintName, string LoopsAccess, EquatableArray<SiteModel> Sites);

/// <summary>One operator call.</summary>
/// <param name="Interception">The attribute's arguments; empty where the call cannot be intercepted.</param>
/// <param name="Path">The user's file, as the compiler records it.</param>
/// <param name="Line">From one.</param>
/// <param name="Text">The arguments as written, shortened.</param>
internal sealed record SiteModel(
    int Number, string OperatorName, string Interception, string Path, int Line, string Text, InterceptorModel Interceptor);

/// <summary>An operator's own shape.</summary>
/// <param name="TypeParameters">Of the containing type, then of the method.</param>
internal sealed record InterceptorModel(
    string ReturnType, string SourceType, string SourceName, EquatableArray<string> TypeParameters, EquatableArray<ParameterModel> Parameters, string MethodTypeArguments, bool IsAction);
