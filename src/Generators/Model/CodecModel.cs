using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>The codecs of an annotated class.</summary>
/// <param name="Prefix">What the names of the runtime's codecs need before them; empty where they are unambiguous.</param>
/// <param name="Entries">The record types that calls of the class store.</param>
/// <param name="Codecs">The codecs of the user's types among them and within them.</param>
internal sealed record CodecsModel(string Prefix, EquatableArray<CodecEntryModel> Entries, EquatableArray<CodecModel> Codecs);

/// <summary>A record type and its codec, as types.</summary>
internal sealed record CodecEntryModel(string Type, string Codec);

/// <summary>How a type of the user's is written.</summary>
/// <param name="Name">The generated structure.</param>
/// <param name="Type">The type as generated code names it.</param>
/// <param name="SchemaName">The type's name as stored with the data.</param>
/// <param name="Members">Fields and properties, those that a constructor takes first.</param>
/// <param name="Parameters">How many of them the constructor takes.</param>
/// <param name="Enumeration">Null for other types.</param>
internal sealed record CodecModel(
    string Name, string Type, string SchemaName, EquatableArray<CodecMemberModel> Members, int Parameters, EnumerationModel? Enumeration);

/// <summary>A field or property.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="Access">As code names it.</param>
/// <param name="Codec">Its type's codec.</param>
internal sealed record CodecMemberModel(string Name, string Access, string Codec);

/// <summary>An enumeration.</summary>
/// <param name="Number">The name of its number's schema kind, which the number's codec bears too.</param>
/// <param name="NumberType">The number's type.</param>
internal sealed record EnumerationModel(string Number, string NumberType, EquatableArray<EnumerationMemberModel> Members);

/// <summary>A member of an enumeration.</summary>
internal sealed record EnumerationMemberModel(string Name, long Value);
