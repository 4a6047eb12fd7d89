using System.Runtime.InteropServices;

namespace CodegenStreaming.State;

/// <summary>A key of a state and its value, without room between them: a million of them are what a processor has in its caches, or not.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal struct StateEntry<TKey, TValue>
{
    public TKey Key;
    public TValue Value;

    public readonly (TKey Key, TValue Value) Pair => (Key, Value);
}
