using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CodegenStreaming.Generators.Tests.Incremental;

/// <summary>What travels through the generator's steps is data: compared by value, and holding nothing of a compilation.</summary>
public sealed class ModelTests
{
    [Fact]
    public void EverythingReachableFromTheModels_IsData()
    {
        var seen = new HashSet<Type>();
        var offending = new List<string>();
        foreach (var model in Models())
        {
            Visit(model, model.Name, seen, offending);
        }

        Assert.True(seen.Count > 15, "The models were not found.");
        Assert.Empty(offending);
    }

    [Fact]
    public void EveryModel_IsComparedByValue()
    {
        foreach (var model in Models().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            Assert.True(
                model.GetInterfaces().Contains(typeof(IEquatable<>).MakeGenericType(model)), $"{model.Name} is not IEquatable<{model.Name}>.");
            Assert.NotEqual(typeof(object), model.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType);
        }
    }

    private static List<Type> Models() =>
        [.. typeof(PipelineGenerator).Assembly.GetTypes().Where(type =>
            type.Namespace == "CodegenStreaming.Generators.Model" && !type.IsEnum && !type.Name.StartsWith('<') && !(type.IsAbstract && type.IsSealed))];

    private static void Visit(Type type, string path, HashSet<Type> seen, List<string> offending)
    {
        if (!seen.Add(type) || type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TextSpan) || type == typeof(LinePosition))
        {
            return;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition().Name is "EquatableArray`1" or "Nullable`1")
        {
            Visit(type.GetGenericArguments()[0], path + "[]", seen, offending);
            return;
        }

        var isOurs = type.Assembly == typeof(PipelineGenerator).Assembly;
        if (!isOurs || type.IsInterface || type.IsArray || typeof(Delegate).IsAssignableFrom(type))
        {
            offending.Add($"{path} is a {type}");
            return;
        }

        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Visit(field.FieldType, $"{path}.{field.Name}", seen, offending);
        }
    }
}
