using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>An annotated class: all that its generated loops are written from.</summary>
/// <param name="Key">Assembly name, a slash, metadata name.</param>
/// <param name="Name">The class's simple name.</param>
/// <param name="HintName">The beginning of its generated files' names.</param>
/// <param name="IsPipeline">False for a class of helper methods.</param>
/// <param name="TypeText">The class as its own code names it.</param>
/// <param name="Codecs">Of the records that it stores; null where it stores none. They stand in the first part.</param>
internal sealed record PipelineModel(
    string Key, string Name, string HintName, bool IsPipeline, string TypeText, EquatableArray<PartModel> Parts, CodecsModel? Codecs);

/// <summary>The part of an annotated class that stands in one file.</summary>
/// <param name="FileName">The user's file, without its folder.</param>
/// <param name="Scopes">What encloses the class's members, outermost first: the file, namespaces, types.</param>
/// <param name="Container">The nested class that holds the part's loops.</param>
/// <param name="Names">The runtime's and system's types as this part can name them.</param>
internal sealed record PartModel(
    string FileName,
    EquatableArray<ScopeModel> Scopes,
    string Container,
    EquatableArray<KnownNameModel> Names,
    EquatableArray<MethodModel> Methods,
    EquatableArray<LoopModel> Loops,
    EquatableArray<EndModel> Ends);

/// <summary>A namespace or type around generated members.</summary>
/// <param name="Header">Such as <c>namespace A.B</c> or <c>partial class C</c>; empty for the file itself.</param>
/// <param name="Usings">Extern aliases and using directives of this scope, as written.</param>
internal sealed record ScopeModel(string Header, EquatableArray<string> Usings);

/// <summary>How a part names a type of the runtime or the system: shortly where that is unambiguous.</summary>
internal sealed record KnownNameModel(string Name, string Text);
