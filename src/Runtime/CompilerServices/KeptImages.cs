using System.Runtime.CompilerServices;

namespace CodegenStreaming.CompilerServices;

/// <summary>Whether a table keeps the images of its keys, or computes one as soon as its key is loaded. Decided when a table's code is compiled.</summary>
internal static class KeptImages<TImage>
    where TImage : unmanaged, IKeyImage
{
    public static bool AreKept
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TImage) != typeof(NumberImage);
    }

    /// <summary>What an image occupies beside its key.</summary>
    public static int Size => AreKept ? Unsafe.SizeOf<TImage>() : 0;

    /// <summary>Room for images; none where they are not kept.</summary>
    public static TImage[] New(int count) => AreKept ? new TImage[count] : [];
}
