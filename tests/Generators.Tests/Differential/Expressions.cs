namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>C# expressions from one record type to another: plain ones, and those that loops get wrong most easily.</summary>
internal sealed class Expressions(Random random)
{
    /// <summary>A record type that an expression over another one can give.</summary>
    public RecordKind Target(RecordKind from, bool allowSecret, int depth = 0)
    {
        RecordKind[] leaves = [RecordKind.Int, RecordKind.Int, RecordKind.Long, RecordKind.Double, RecordKind.Text, RecordKind.Text, RecordKind.Order, RecordKind.Point, RecordKind.Color];
        if (from.HasText && random.Next(4) == 0)
        {
            return RecordKind.Utf8;
        }

        if (depth < 1 && random.Next(3) == 0)
        {
            return RecordKind.PairOf(Target(from, allowSecret, depth + 1), Target(from, allowSecret, depth + 1));
        }

        return allowSecret && random.Next(8) == 0 ? RecordKind.Secret : Pick(leaves);
    }

    /// <summary>An expression over <paramref name="x"/>; <paramref name="k"/> is an int expression to be worked in.</summary>
    public string Convert(RecordKind from, RecordKind to, string x, string k)
    {
        if (to.Shape == RecordShape.Utf8)
        {
            return FindText(from, x);
        }

        if (from.Shape == to.Shape && !from.IsPair && random.Next(4) != 0)
        {
            return Keep(from.Shape, x, k);
        }

        if (to.IsPair)
        {
            return $"({Convert(from, to.Key!, x, k)}, {Convert(from, to.Value!, x, k)})";
        }

        if (to.Shape == RecordShape.Text && from.Shape is RecordShape.Utf8 or RecordShape.Color or RecordShape.Long && random.Next(2) == 0)
        {
            return $"{x}.ToString()";
        }

        return FromInt(to.Shape, $"({ToInt(from, x)} + {k})");
    }

    public string Predicate(RecordKind kind, string x, string k) => (kind.Shape, random.Next(4)) switch
    {
        (RecordShape.Text, 0) => $"{x} is {{ Length: > 0 }}",
        (RecordShape.Text, 1) => $"{x}?.Contains('a') ?? {k} > 3",
        (RecordShape.Double, 0) => $"!double.IsNaN({x})",
        (RecordShape.Double, 1) => $"{x} < {k} * 10",
        (RecordShape.Order, 0) => $"{x} is {{ Id: > 2, Name: not null }} && {k} != 99",
        (RecordShape.Color, 0) => $"{x} is Color.Green or Color.Blue || {k} < 0",
        (_, 2) => $"({ToInt(kind, x)} & 3) != ({k} & 3)",
        _ => $"{ToInt(kind, x)} % 3 != {k} % 2",
    };

    /// <summary>A fold of two; where it can, one that shows a wrong order.</summary>
    public string Fold(RecordKind kind, string a, string b) => kind.Shape switch
    {
        RecordShape.Int or RecordShape.Long => Pick($"{a} + {b}", $"Math.Max({a}, {b})", $"unchecked({a} * 31 + {b})"),
        RecordShape.Double => Pick($"{a} + {b}", $"{a} / 2 + {b}"),
        RecordShape.Text => $"{a} + {b}",
        RecordShape.Utf8 => $"{a}.Length >= {b}.Length ? {a} : {b}",
        RecordShape.Order => $"{a} with {{ Cents = {a}.Cents * 31 + {b}.Cents }}",
        RecordShape.Point => $"new Point({a}.X + {b}.X, Y: {b}.Y)",
        RecordShape.Color => $"{a} > {b} ? {a} : {b}",
        RecordShape.Secret => $"new Secret({a}.Level * 31 + {b}.Level, {b}.Note)",
        _ => $"({Fold(kind.Key!, $"{a}.Item1", $"{b}.Item1")}, {b}.Item2)",
    };

    /// <summary>A sequence of records; its natural type is an array, a list, or only an enumerable.</summary>
    public string Sequence(RecordKind from, RecordKind to, string x, string k)
    {
        if (from.Shape == RecordShape.Text && to.Shape == RecordShape.Text && random.Next(3) != 0)
        {
            return Pick($"({x} ?? \"\").Split(' ')", $"{x}?.Split(' ', {k} & 1) ?? []");
        }

        if (from.Shape == RecordShape.Utf8 && to.Shape == RecordShape.Utf8 && random.Next(3) != 0)
        {
            return Pick($"{x}.Split(' ')", $"{x}.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries)");
        }

        if (to.Shape == RecordShape.Int && random.Next(3) == 0)
        {
            return $"Enumerable.Range({k}, {ToInt(from, x)} & 3)";
        }

        var first = Convert(from, to, x, k);
        return Pick(
            $"new[] {{ {first}, {Convert(from, to, x, k)} }}",
            $"new {to.Type}[] {{ {first} }}",
            $"new List<{to.Type}> {{ {first} }}",
            $"Enumerable.Repeat({first}, {ToInt(from, x)} & 1)",
            $"({ToInt(from, x)} & 1) == 0 ? Array.Empty<{to.Type}>() : new {to.Type}[] {{ {first} }}");
    }

    /// <summary>A function over a line of text that the generator can have done on the whole buffer.</summary>
    public (string Operator, string Body) TextHead(string x) => random.Next(2) == 0
        ? ("FlatMap", $"{x}.Split({Pick("' '", "'a'", "' ', StringSplitOptions.RemoveEmptyEntries", "' ', ','", "['a', ' '], StringSplitOptions.RemoveEmptyEntries", "")})")
        : ("Filter", $"{x}.Contains({Pick("\"a\"u8", "\"a b\"", "'b'", "\"Ü\"u8")}){Pick("", $" && {x}.Length > 3", $" && {x}.Length % 2 == 0 && !{x}.Contains(\"ab\"u8)")}");

    public string ToInt(RecordKind kind, string x) => kind.Shape switch
    {
        RecordShape.Int => Pick(x, $"({x} & 1023)"),
        RecordShape.Long => $"(int)({x} % 1009)",
        RecordShape.Double => $"(int)Math.Clamp({x}, -1e6, 1e6)",
        RecordShape.Text => Pick($"({x}?.Length ?? -1)", $"string.Concat({x}, \"!\").Length"),
        RecordShape.Utf8 => $"{x}.Length",
        RecordShape.Order => Pick($"{x}.Id", $"(int)({x}.Cents % 97)", $"({x}.Name?.Length ?? 0)"),
        RecordShape.Point => $"({x}.X + {x}.Y)",
        RecordShape.Color => $"(int){x}",
        RecordShape.Secret => $"{x}.Level",
        _ => random.Next(2) == 0
            ? ToInt(kind.Key!, $"{x}.{Pick("Item1", kind.KeyName)}")
            : ToInt(kind.Value!, $"{x}.{Pick("Item2", kind.ValueName)}"),
    };

    private string FromInt(RecordShape to, string e) => to switch
    {
        RecordShape.Int => e,
        RecordShape.Long => $"{e} * 1_000_003L",
        RecordShape.Double => Pick($"{e} / 7.0", $"1.0 / ({e} & 3)", $"({e} & 7) == 0 ? double.NaN : {e}"),
        RecordShape.Text => Pick($"\"w\" + ({e} & 3)", $"({e} & 7) == 0 ? null : $\"v{{{e} & 15}}\"", $"$\"a b {{{e} % 5}}\""),
        RecordShape.Order => Pick($"new Order({e}, \"n\" + ({e} & 3), {e} * 10L)", $"new Order(Cents: {e}, Name: null, Id: {e} & 7)"),
        RecordShape.Point => Pick($"new Point({e} & 7, {e} % 3)", $"new Point {{ Y = {e} & 3 }}"),
        RecordShape.Color => $"(Color)({e} & 3)",
        _ => $"new Secret({e} & 7, \"s\")",
    };

    private string Keep(RecordShape shape, string x, string k) => shape switch
    {
        RecordShape.Int => Pick($"{x} * 31 + {k}", $"{x} % 17 - {k}", $"Math.Abs({x} % 100) << {k}", $"new[] {{ 1, {k} }}.Select(n => n + {x}).Sum()"),
        RecordShape.Long => Pick($"{x} * 3 + {k}", $"{x} ^ {k}"),
        RecordShape.Double => Pick($"{x} / 3 + {k}", $"Math.Sqrt({x}) * {k}", $"-{x}"),
        RecordShape.Text => Pick($"{x} + {k}", $"{x}?.ToUpperInvariant()", $"string.IsNullOrEmpty({x}) ? null : {x}[..1] + {k}", $"{x}?.Trim()?.Replace(\"a\", null)"),
        RecordShape.Order => $"{x} with {{ Cents = {x}.Cents + {k} }}",
        RecordShape.Point => $"new Point(Y: {x}.X, X: {x}.Y + {k})",
        RecordShape.Color => $"{x} == Color.Red ? Color.Blue : {x}",
        _ => $"{x} with {{ Level = {x}.Level + {k} }}",
    };

    private static string FindText(RecordKind from, string x) =>
        from.Shape == RecordShape.Utf8 ? x : from.Key!.HasText ? FindText(from.Key, $"{x}.Item1") : FindText(from.Value!, $"{x}.Item2");

    public T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
