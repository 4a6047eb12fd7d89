#pragma warning disable IDE0130 // The compiler looks for these types in the framework's namespaces.
namespace System
{
    /// <summary>What list patterns need of a framework that netstandard2.0 does not have.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>What records need of it.</summary>
    internal static class IsExternalInit;
}
