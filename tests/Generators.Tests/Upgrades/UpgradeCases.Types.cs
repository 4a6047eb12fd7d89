using static CodegenStreaming.Generators.Tests.Upgrades.UpgradePrograms;

namespace CodegenStreaming.Generators.Tests.Upgrades;

/// <summary>What becomes of states and keys whose types have changed.</summary>
internal static partial class UpgradeCases
{
    private const string Pair = "public sealed record Tally(int Count, int Sum);";
    private const string NextPair = "new Tally(t.Count + v.Count, t.Sum + v.Sum())";
    private const string FirstPair = "new Tally(v.Count, v.Sum())";

    private static string OfPair => Tally(Pair, NextPair, FirstPair);

    private static IEnumerable<UpgradeCase> States()
    {
        yield return new("FieldAdded", OfPair, Tally("public sealed record Tally(int Sum, int Count, int Most);", "new Tally(t.Sum + v.Sum(), t.Count + v.Count, v.Append(t.Most).Max())", "new Tally(v.Sum(), v.Count, v.Max())"))
        {
            Expected = [
                "tally: (a, Tally { Sum = 111, Count = 3, Most = 100 }) (b, Tally { Sum = 2, Count = 1, Most = 0 }) (c, Tally { Sum = 5, Count = 1, Most = 5 })"],
        };
        yield return new("FieldRemoved", OfPair, Tally("public sealed record Tally(int Sum);", "new Tally(t.Sum + v.Sum())", "new Tally(v.Sum())"))
        {
            Expected = ["tally: (a, Tally { Sum = 111 }) (b, Tally { Sum = 2 }) (c, Tally { Sum = 5 })"],
        };
        yield return new("FieldWidened", OfPair, Tally("public sealed record Tally(long Count, double Sum);", NextPair, FirstPair))
        {
            Expected = ["tally: (a, Tally { Count = 3, Sum = 111 }) (b, Tally { Count = 1, Sum = 2 }) (c, Tally { Count = 1, Sum = 5 })"],
        };
        yield return new("FieldNarrowed", OfPair, Tally("public sealed record Tally(short Count, int Sum);", "new Tally((short)(t.Count + v.Count), t.Sum + v.Sum())", "new Tally((short)v.Count, v.Sum())"))
        {
            Refused = ["UpdateStateByKey of CaseFieldNarrowed.Shop", "the field Count of the state", "int16", NoDiscards],
        };
        yield return new("FieldNarrowed_Named", Tally(Pair, NextPair, FirstPair, ".Named(\"tallies\")"), Tally("public sealed record Tally(int Count, short Sum);", "new Tally(t.Count + v.Count, (short)(t.Sum + v.Sum()))", "new Tally(v.Count, (short)v.Sum())", ".Named(\"tallies\")"))
        {
            Refused = ["'tallies'", "the field Sum of the state", "DiscardedStates = [\"tallies\"]"],
        };
        yield return new("AllFieldsRenamed", Tally("public sealed record Tally(int Count);", "new Tally(t.Count + v.Count)", "new Tally(v.Count)"), Tally("public sealed record Tally(int Number);", "new Tally(t.Number + v.Count)", "new Tally(v.Count)"))
        {
            Refused = ["UpdateStateByKey of CaseAllFieldsRenamed.Shop", "Count: int32", "Number: int32", "has no field"],
        };
        yield return new("FieldMadeARecord", OfPair, Tally("public sealed record Tally(int Count, Part Sum); public sealed record Part(int Value);", "new Tally(t.Count + v.Count, new Part(t.Sum.Value + v.Sum()))", "new Tally(v.Count, new Part(v.Sum()))"))
        {
            Refused = ["the field Sum of the state", "Value"],
        };
        yield return new("RecordMadeClass", OfPair, Tally("public sealed class Tally { public int Count { get; set; } public int Sum { get; set; } public override string ToString() => $\"{Count}/{Sum}\"; }", "new Tally { Count = t.Count + v.Count, Sum = t.Sum + v.Sum() }", "new Tally { Count = v.Count, Sum = v.Sum() }"))
        {
            Expected = ["tally: (a, 3/111) (b, 1/2) (c, 1/5)"],
        };
        yield return new("RecordMadeStruct", OfPair, Tally("public readonly record struct Tally(int Count, int Sum);", NextPair, FirstPair))
        {
            Refused = ["UpdateStateByKey of CaseRecordMadeStruct.Shop", "the state may be missing"],
        };
        yield return new("StructMadeRecord", Tally("public readonly record struct Tally(int Count, int Sum);", NextPair, FirstPair), OfPair)
        {
            Expected = ["tally: (a, Tally { Count = 3, Sum = 111 }) (b, Tally { Count = 1, Sum = 2 }) (c, Tally { Count = 1, Sum = 5 })"],
        };
        yield return new("RecordRenamed", OfPair, Tally(Pair.Replace("Tally", "Account", StringComparison.Ordinal), NextPair.Replace("Tally", "Account", StringComparison.Ordinal), FirstPair.Replace("Tally", "Account", StringComparison.Ordinal), state: "Account"))
        {
            Expected = ["tally: (a, Account { Count = 3, Sum = 111 }) (b, Account { Count = 1, Sum = 2 }) (c, Account { Count = 1, Sum = 5 })"],
        };
        yield return new("StateTypeReplaced", OfPair, Shop(Total)) { Refused = ["UpdateStateByKey of CaseStateTypeReplaced.Shop", "the state", "int64", NoDiscards] };
        yield return new("StateTypeReplaced_ByAnotherRecord", OfPair, Tally("public sealed record Visit(string Last);", "new Visit(\"d\" + v.Count + t.Last)", "new Visit(\"d7\")", state: "Visit"))
        {
            Refused = ["UpdateStateByKey of CaseStateTypeReplaced_ByAnotherRecord.Shop", "Visit { Last", "has no field"],
            HasNoDiscard = true,
        };
        yield return new("NullableMadeRequired", Tally("public sealed record Tally(int? Sum);", "new Tally(t.Sum + v.Sum())", "new Tally(v.Sum())"), Tally("public sealed record Tally(int Sum);", "new Tally(t.Sum + v.Sum())", "new Tally(v.Sum())"))
        {
            Refused = ["UpdateStateByKey of CaseNullableMadeRequired.Shop", "the field Sum of the state may be missing where it was written"],
        };
        yield return new("RequiredMadeNullable", Tally("public sealed record Tally(int Sum);", "new Tally(t.Sum + v.Sum())", "new Tally(v.Sum())"), Tally("public sealed record Tally(int? Sum);", "new Tally(t.Sum + v.Sum())", "new Tally(v.Sum())"))
        {
            Expected = ["tally: (a, Tally { Sum = 111 }) (b, Tally { Sum = 2 }) (c, Tally { Sum = 5 })"],
        };
        yield return new("EnumMemberAdded", OfEnum("Low, High"), OfEnum("Low, High, Extreme")) { Expected = ["tally: (a, Tally { Level = High, Sum = 111 }) (b, Tally { Level = Low, Sum = 2 }) (c, Tally { Level = Low, Sum = 5 })"] };
        yield return new("EnumMemberRemoved", OfEnum("Low, High, Extreme"), OfEnum("Low, High")) { Refused = ["the field Level of the state", "Extreme = 2"] };
        yield return new("EnumMemberRenumbered", OfEnum("Low, High"), OfEnum("High, Low")) { Refused = ["the field Level of the state", "Low = 0"] };
        yield return new("EnumWidened", OfEnum("Low, High"), OfEnum("Low, High", "long")) { Expected = ["tally: (a, Tally { Level = High, Sum = 111 }) (b, Tally { Level = Low, Sum = 2 }) (c, Tally { Level = Low, Sum = 5 })"] };
        yield return new("StateWidened", Shop(Total), Shop(Update("total", "(v, s) => new Option<decimal>(s.GetValueOrDefault() + v.Sum())", types: "string, int, decimal"))) { Expected = [Totals] };
        yield return new("StateNarrowed", Shop(Total), Shop(Update("total", "(v, s) => new Option<int>(s.GetValueOrDefault() + v.Sum())", types: "string, int, int"))) { Refused = ["UpdateStateByKey of CaseStateNarrowed.Shop", "the state was written as int64", "int32"] };
        yield return new("OneWidened_OneRemoved", Shop(Update("small", "(v, s) => new Option<int>(s.GetValueOrDefault() + v.Sum())", types: "string, int, int") + Counted), Shop(Update("small", Sum))) { Refused = ["cannot be told", NoDiscards] };
        yield return new("TypesTellApart", Shop(Update("small", "(v, s) => new Option<int>(s.GetValueOrDefault() + v.Sum())", types: "string, int, int") + Counted), Shop(Update("count", Most) + Update("small", "(v, s) => new Option<int>(s.GetValueOrDefault() - v.Sum())", types: "string, int, int")))
        {
            Expected = ["count: (a, 100) (b, 1) (c, 5)", "small: (a, -89) (b, 2) (c, -5)"],
        };
    }

    private static IEnumerable<UpgradeCase> Keys()
    {
        const string Results = "total: (97, 111) (98, 2) (99, 5)";
        yield return new("KeyWidened", Keyed("int", "(int)pair.Item1[0]"), Keyed("long", "(long)pair.Item1[0]")) { Expected = [Results], OldParallelism = 3 };
        yield return new("KeyWidenedToDecimal", Keyed("byte", "(byte)pair.Item1[0]"), Keyed("decimal", "(decimal)pair.Item1[0]")) { Expected = [Results], NewParallelism = 5 };
        yield return new("KeyNarrowed", Keyed("long", "(long)pair.Item1[0]"), Keyed("int", "(int)pair.Item1[0]")) { Refused = ["the key was written as int64", "UpdateStateByKey of CaseKeyNarrowed.Shop"], HasNoDiscard = true };
        yield return new("KeyStringToInt", Keyed("string", "pair.Item1"), Keyed("int", "(int)pair.Item1[0]")) { Refused = ["the key", "string", "int32", "UpdateStateByKey of CaseKeyStringToInt.Shop"], HasNoDiscard = true };
        const string OfTwo = "public sealed record Key(string Name, int Region);";
        yield return new("KeyFieldAdded", Keyed("Key", "new Key(pair.Item1)", "public sealed record Key(string Name);"), Keyed("Key", "new Key(pair.Item1, 0)", OfTwo))
        {
            Expected = ["total: (Key { Name = a, Region = 0 }, 111) (Key { Name = b, Region = 0 }, 2) (Key { Name = c, Region = 0 }, 5)"],
        };
        yield return new("KeyFieldRemoved", Keyed("Key", "new Key(pair.Item1, pair.Item2 % 2)", OfTwo), Keyed("Key", "new Key(pair.Item1)", "public sealed record Key(string Name);"))
        {
            Refused = ["the key was written with Region", "would become one", "UpdateStateByKey of CaseKeyFieldRemoved.Shop"],
        };
        yield return new("KeyEnumMemberAdded", Keyed("Key", "(Key)(pair.Item1[0] - 'a')", "public enum Key { A, B, C }"), Keyed("Key", "(Key)(pair.Item1[0] - 'a')", "public enum Key { A, B, C, D }"))
        {
            Expected = ["total: (A, 111) (B, 2) (C, 5)"],
        };
    }

    private static string OfEnum(string members, string number = "int") => Tally(
        $"public sealed record Tally(Level Level, int Sum); public enum Level : {number} {{ {members} }}",
        "new Tally(t.Sum + v.Sum() > 5 ? Level.High : Level.Low, t.Sum + v.Sum())",
        "new Tally(v.Sum() > 5 ? Level.High : Level.Low, v.Sum())");
}
