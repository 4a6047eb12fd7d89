namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Writes one function in one of the forms that C# has for it.</summary>
internal sealed class FunctionWriter(Random random)
{
    private int _names;

    public string NewName(string prefix) => prefix + _names++;

    /// <summary>A function over parameters of given types.</summary>
    /// <param name="scope">What is in reach.</param>
    /// <param name="parameters">The types, as C# text.</param>
    /// <param name="result">The result's type, as C# text; for an iterator, that of its elements.</param>
    /// <param name="body">The body from the names of the parameters and an int expression to be worked in.</param>
    /// <returns>The argument, and the name of its form.</returns>
    public (string Text, string Form) Write(CodeScope scope, string[] parameters, string result, Func<string[], string, string> body)
    {
        string[] names = parameters.Length == 1 ? [Pick("x", "item", "value", "@event")] : ["left", "right"];
        var list = parameters.Length == 1 ? names[0] : $"({string.Join(", ", names)})";
        var typed = string.Join(", ", parameters.Zip(names, (type, name) => $"{type} {name}"));
        var form = random.Next(12);
        switch (form)
        {
            case 0 or 1:
                var (method, methodForm) = MethodFactor(scope);
                var isStatic = methodForm is not ("field" or "this" or "parameter");
                var name = NewName("Method");
                scope.Members.AppendLine($"        private {(isStatic ? "static " : "")}{result} {name}({typed}) => {Body(scope, names, method, body, !isStatic)};");
                return (name, isStatic ? "static method group" : "method group");
            case 2:
                return ($"static {list} => {body(names, Pick("7", "Shift", scope.Constant ?? "2"))}", "static lambda");
            case 3 when scope.Statements is not null:
                var local = NewName("Local");
                scope.Statements.AppendLine($"{scope.Margin}{result} {local}({typed}) => {body(names, "3")};");
                return (local, "local function");
            case 4 when scope.Statements is not null:
                var function = NewName("function");
                scope.Statements.AppendLine($"{scope.Margin}Func<{string.Join(", ", parameters.Append(result))}> {function} = {list} => {body(names, "4")};");
                return (function, "delegate local");
        }

        var (factor, factorForm) = Factor(scope);
        var expression = Body(scope, names, factor, body, scope.HasThis);
        return form switch
        {
            5 or 6 => ($"{list} => {{ var result = {expression}; return result; }}", $"block over {factorForm}"),
            7 => ($"{list} =>\n{scope.Margin}    {{\n{scope.Margin}        // Two ways out.\n{scope.Margin}        if ({factor} > 1000)\n"
                + $"{scope.Margin}        {{\n{scope.Margin}            return {body(names, "1")};\n{scope.Margin}        }}\n\n"
                + $"{scope.Margin}        return {expression};\n{scope.Margin}    }}", $"block over {factorForm}"),
            8 => ($"({typed}) => {expression}", "typed parameters"),
            _ => ($"{list} => {expression}", $"lambda over {factorForm}"),
        };
    }

    /// <summary>A function that does not look at its record.</summary>
    public (string Text, string Form) WriteDiscard(CodeScope scope, Func<string, string> body)
    {
        var (factor, _) = Factor(scope);
        return ($"_ => {body(factor)}", "discard");
    }

    /// <summary>A function of several statements, which get an int expression to be worked in: a lambda, a method, or a delegate in a variable.</summary>
    public (string Text, string Form) WriteBlock(CodeScope scope, (string Type, string Name)[] parameters, string result, Func<string, string> body)
    {
        var typed = string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        switch (random.Next(5))
        {
            case 0 when scope.HasThis:
                var method = NewName("Method");
                scope.Members.AppendLine($"        private {result} {method}({typed}) {{ {body(Pick("_offset", "factor", "Shift"))} }}");
                return (method, "method group");
            case 1 when scope.Statements is not null:
                var function = NewName("function");
                scope.Statements.AppendLine(
                    $"{scope.Margin}Func<{string.Join(", ", parameters.Select(parameter => parameter.Type).Append(result))}> {function} = ({typed}) => {{ {body("3")} }};");
                return (function, "delegate local");
            default:
                return ($"({typed}) => {{ {body(Factor(scope).Text)} }}", "typed parameters");
        }
    }

    private (string Text, string Form) Factor(CodeScope scope)
    {
        var choices = new List<(string, string)> { ("5", "literal"), ("Shift", "static field") };
        if (scope.HasThis)
        {
            choices.AddRange([("_offset", "field"), ("this._offset", "this"), ("factor", "parameter")]);
        }

        if (scope.Local is not null)
        {
            choices.Add((scope.Local, "captured local"));
        }

        if (scope.Constant is not null)
        {
            choices.Add((scope.Constant, "local constant"));
        }

        return choices[random.Next(choices.Count)];
    }

    private (string Text, string Form) MethodFactor(CodeScope scope) =>
        scope.HasThis && random.Next(2) == 0 ? Pick(("_offset", "field"), ("factor", "parameter")) : Pick(("6", "literal"), ("Shift", "static field"));

    /// <summary>Some functions count their calls.</summary>
    private string Body(CodeScope scope, string[] names, string factor, Func<string[], string, string> body, bool hasThis) =>
        hasThis && random.Next(4) == 0 ? $"log.Touch(\"{NewName("f")}\", {body(names, factor)})" : body(names, factor);

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
