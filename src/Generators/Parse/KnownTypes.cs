using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse;

/// <summary>The runtime's types, by their metadata names: the generator does not reference the runtime.</summary>
internal sealed class KnownTypes
{
    public const string PipelineAttribute = "CodegenStreaming.StreamingPipelineAttribute";
    public const string OperatorsAttribute = "CodegenStreaming.StreamingOperatorsAttribute";

    private static readonly string[] TaskNames =
    [
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1",
    ];

    private readonly INamedTypeSymbol?[] _tasks;
    private readonly INamedTypeSymbol _stream;
    private readonly INamedTypeSymbol _rdd;
    private readonly INamedTypeSymbol? _engine;

    private KnownTypes(Compilation compilation, INamedTypeSymbol stream, INamedTypeSymbol rdd)
    {
        (Compilation, _stream, _rdd) = (compilation, stream, rdd);
        _engine = compilation.GetTypeByMetadataName("CodegenStreaming.EngineContext");
        Context = compilation.GetTypeByMetadataName("CodegenStreaming.StreamingContext");
        Pipeline = compilation.GetTypeByMetadataName("CodegenStreaming.IStreamingPipeline");
        Function = compilation.GetTypeByMetadataName("System.Func`2");
        Text = compilation.GetTypeByMetadataName("CodegenStreaming.Utf8Slice");
        _tasks = [.. TaskNames.Select(compilation.GetTypeByMetadataName)];
    }

    public Compilation Compilation { get; }

    public INamedTypeSymbol? Context { get; }

    public INamedTypeSymbol? Pipeline { get; }

    public INamedTypeSymbol? Text { get; }

    /// <summary><c>Func</c> of one argument.</summary>
    public INamedTypeSymbol? Function { get; }

    /// <summary>Null where the compilation has no runtime.</summary>
    public static KnownTypes? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("CodegenStreaming.DStream`1") is { } stream
        && compilation.GetTypeByMetadataName("CodegenStreaming.Rdd`1") is { } rdd
            ? new KnownTypes(compilation, stream, rdd)
            : null;

    public bool IsStream(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, _stream);

    public bool IsRdd(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, _rdd);

    public bool IsTask(ITypeSymbol? type) => type is not null && _tasks.Contains(type.OriginalDefinition, SymbolEqualityComparer.Default);

    /// <summary>The record type of a stream, which may be of a type derived from it, or data set.</summary>
    public ITypeSymbol? RecordType(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsStream(type) || IsRdd(type))
            {
                return ((INamedTypeSymbol)type).TypeArguments[0];
            }
        }

        return null;
    }

    /// <summary>The operator that a method is, or null: a member of DStream or Rdd, or an extension of them beside them in the runtime; or a source of a context.</summary>
    public (OperatorKind Kind, bool IsStream)? FindOperator(IMethodSymbol method)
    {
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _stream.ContainingAssembly) || method.MethodKind == MethodKind.DelegateInvoke)
        {
            return null;
        }

        var source = method.IsExtensionMethod ? (method.ReducedFrom ?? method).Parameters[0].Type : method.IsStatic ? null : method.ContainingType;
        if (source is not null && (SymbolEqualityComparer.Default.Equals(source, _engine) || SymbolEqualityComparer.Default.Equals(source, Context)))
        {
            return OperatorTable.FindSource(method.Name) is { } made ? (made, IsStream(method.ReturnType)) : null;
        }

        var isStream = IsStream(source);
        return (isStream || IsRdd(source)) && OperatorTable.Find(method.Name, isStream) is { } kind ? (kind, isStream) : null;
    }
}
