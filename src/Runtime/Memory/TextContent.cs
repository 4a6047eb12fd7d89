namespace CodegenStreaming.Memory;

/// <summary>Whether records of a type can hold slices of a batch's text.</summary>
internal static class TextContent
{
    /// <summary>Looks at the type and its type arguments: a tuple or list of slices counts, a class of the user's with such a field does too (it may).</summary>
    public static bool IsIn(Type type)
    {
        if (type == typeof(Utf8Slice))
        {
            return true;
        }

        if (type.HasElementType)
        {
            return IsIn(type.GetElementType()!);
        }

        if (type.IsGenericType)
        {
            return type.GetGenericArguments().Any(IsIn);
        }

        return !type.IsPrimitive && !type.IsEnum && type.Assembly != typeof(object).Assembly;
    }
}
