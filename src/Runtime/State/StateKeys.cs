using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>What is made for the keys of a state, whatever their type: it is told how they are kept.</summary>
internal interface IStateKeysUser<TKey, out TResult>
{
    TResult Use<TImage, TKeys>(TKeys keys)
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>;
}

/// <summary>Chooses how keys of a type are kept.</summary>
internal static class StateKeys
{
    public static TResult Choose<TKey, TResult>(IStateKeysUser<TKey, TResult> user)
    {
        if (typeof(TKey) == typeof(Utf8Slice))
        {
            return user.Use<Utf8Image, TextStateKeys<TKey>>(new TextStateKeys<TKey>());
        }

        if (typeof(TKey) == typeof(string))
        {
            return user.Use<HashImage, StringStateKeys<TKey>>(default);
        }

        return typeof(TKey).IsPrimitive || typeof(TKey).IsEnum
            ? user.Use<NumberImage, PlainStateKeys<TKey>>(default)
            : user.Use<HashImage, EqualStateKeys<TKey>>(default);
    }
}

/// <summary>Numbers, characters and values of enumerations as keys of a state: their hash is computed whenever it is needed.</summary>
internal readonly struct PlainStateKeys<TKey> : IStateKeys<TKey, NumberImage>
{
    // A long's own hash code would be its halves joined: those of pairs of equal halves would all be zero.
    public NumberImage ImageOf(TKey key) => new(typeof(TKey) == typeof(long) || typeof(TKey) == typeof(ulong)
        ? ProbeHash.Of(Unsafe.As<TKey, long>(ref key))
        : ProbeHash.Of(EqualityComparer<TKey>.Default.GetHashCode(key!)));

    public bool AreEqual(in TKey left, NumberImage leftImage, TKey right, NumberImage rightImage) => EqualityComparer<TKey>.Default.Equals(left, right);

    public TKey Keep(TKey key) => key;

    public void Renew()
    {
    }
}

/// <summary>Keys of any type, compared as the type compares itself. Slices of text within them stay in their batches' blocks, which are to be kept.</summary>
internal readonly struct EqualStateKeys<TKey> : IStateKeys<TKey, HashImage>
{
    public HashImage ImageOf(TKey key) => new(KeyTable<TKey>.HashOf(key));

    public bool AreEqual(in TKey left, HashImage leftImage, TKey right, HashImage rightImage) =>
        leftImage.Hash == rightImage.Hash && EqualityComparer<TKey>.Default.Equals(left, right);

    public TKey Keep(TKey key) => key;

    public void Renew()
    {
    }
}

/// <summary>The same for strings, which are what <typeparamref name="TKey"/> is.</summary>
internal readonly struct StringStateKeys<TKey> : IStateKeys<TKey, HashImage>
{
    public HashImage ImageOf(TKey key) => new(ProbeHash.Of(Unsafe.As<TKey, string?>(ref key)));

    public bool AreEqual(in TKey left, HashImage leftImage, TKey right, HashImage rightImage) =>
        leftImage.Hash == rightImage.Hash && Unsafe.As<TKey, string?>(ref Unsafe.AsRef(in left)) == Unsafe.As<TKey, string?>(ref right);

    public TKey Keep(TKey key) => key;

    public void Renew()
    {
    }
}

/// <summary>The same for slices of text, which are what <typeparamref name="TKey"/> is.</summary>
internal struct TextStateKeys<TKey> : IStateKeys<TKey, Utf8Image>
{
    private Utf8StateKeys _keys = new();

    public TextStateKeys()
    {
    }

    public readonly Utf8Image ImageOf(TKey key) => _keys.ImageOf(Text(ref key));

    public readonly bool AreEqual(in TKey left, Utf8Image leftImage, TKey right, Utf8Image rightImage) =>
        _keys.AreEqual(in Text(ref Unsafe.AsRef(in left)), leftImage, Text(ref right), rightImage);

    public readonly TKey Keep(TKey key)
    {
        var kept = _keys.Keep(Text(ref key));
        return Unsafe.As<Utf8Slice, TKey>(ref kept);
    }

    public void Renew() => _keys.Renew();

    private static ref Utf8Slice Text(ref TKey key) => ref Unsafe.As<TKey, Utf8Slice>(ref key);
}
