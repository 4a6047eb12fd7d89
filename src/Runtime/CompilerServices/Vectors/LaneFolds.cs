using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.CompilerServices;

/// <summary>Folds the lanes of a vector, at the end of a vectorised fold, by functions that give the same in any order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneFolds
{
    /// <summary>The sum of the lanes.</summary>
    public static T Sum<T>(Vector512<T> lanes) => Vector512.Sum(lanes);

    /// <summary>The sum of the lanes.</summary>
    public static T Sum<T>(Vector256<T> lanes) => Vector256.Sum(lanes);

    /// <summary>The sum of the lanes.</summary>
    public static T Sum<T>(Vector128<T> lanes) => Vector128.Sum(lanes);

    /// <summary>The product of the lanes.</summary>
    public static T Product<T>(Vector512<T> lanes)
        where T : unmanaged, INumber<T> => Product(lanes.GetLower() * lanes.GetUpper());

    /// <summary>The product of the lanes.</summary>
    public static T Product<T>(Vector256<T> lanes)
        where T : unmanaged, INumber<T> => Product(lanes.GetLower() * lanes.GetUpper());

    /// <summary>The product of the lanes.</summary>
    public static T Product<T>(Vector128<T> lanes)
        where T : unmanaged, INumber<T>
    {
        var product = lanes[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            product *= lanes[lane];
        }

        return product;
    }

    /// <summary>The bits that all lanes have.</summary>
    public static T And<T>(Vector512<T> lanes)
        where T : unmanaged, IBinaryInteger<T> => And(lanes.GetLower() & lanes.GetUpper());

    /// <summary>The bits that all lanes have.</summary>
    public static T And<T>(Vector256<T> lanes)
        where T : unmanaged, IBinaryInteger<T> => And(lanes.GetLower() & lanes.GetUpper());

    /// <summary>The bits that all lanes have.</summary>
    public static T And<T>(Vector128<T> lanes)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bits = lanes[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            bits &= lanes[lane];
        }

        return bits;
    }

    /// <summary>The bits that any lane has.</summary>
    public static T Or<T>(Vector512<T> lanes)
        where T : unmanaged, IBinaryInteger<T> => Or(lanes.GetLower() | lanes.GetUpper());

    /// <summary>The bits that any lane has.</summary>
    public static T Or<T>(Vector256<T> lanes)
        where T : unmanaged, IBinaryInteger<T> => Or(lanes.GetLower() | lanes.GetUpper());

    /// <summary>The bits that any lane has.</summary>
    public static T Or<T>(Vector128<T> lanes)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bits = lanes[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            bits |= lanes[lane];
        }

        return bits;
    }

    /// <summary>The bits that an odd number of lanes has.</summary>
    public static T Xor<T>(Vector512<T> lanes)
        where T : unmanaged, IBinaryInteger<T> => Xor(lanes.GetLower() ^ lanes.GetUpper());

    /// <summary>The bits that an odd number of lanes has.</summary>
    public static T Xor<T>(Vector256<T> lanes)
        where T : unmanaged, IBinaryInteger<T> => Xor(lanes.GetLower() ^ lanes.GetUpper());

    /// <summary>The bits that an odd number of lanes has.</summary>
    public static T Xor<T>(Vector128<T> lanes)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bits = lanes[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            bits ^= lanes[lane];
        }

        return bits;
    }

    /// <summary>The smallest lane.</summary>
    public static T Min<T>(Vector512<T> lanes)
        where T : unmanaged, INumber<T> => Min(Vector256.Min(lanes.GetLower(), lanes.GetUpper()));

    /// <summary>The smallest lane.</summary>
    public static T Min<T>(Vector256<T> lanes)
        where T : unmanaged, INumber<T> => Min(Vector128.Min(lanes.GetLower(), lanes.GetUpper()));

    /// <summary>The smallest lane.</summary>
    public static T Min<T>(Vector128<T> lanes)
        where T : unmanaged, INumber<T>
    {
        var smallest = lanes[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            smallest = T.Min(smallest, lanes[lane]);
        }

        return smallest;
    }

    /// <summary>The largest lane.</summary>
    public static T Max<T>(Vector512<T> lanes)
        where T : unmanaged, INumber<T> => Max(Vector256.Max(lanes.GetLower(), lanes.GetUpper()));

    /// <summary>The largest lane.</summary>
    public static T Max<T>(Vector256<T> lanes)
        where T : unmanaged, INumber<T> => Max(Vector128.Max(lanes.GetLower(), lanes.GetUpper()));

    /// <summary>The largest lane.</summary>
    public static T Max<T>(Vector128<T> lanes)
        where T : unmanaged, INumber<T>
    {
        var largest = lanes[0];
        for (var lane = 1; lane < Vector128<T>.Count; lane++)
        {
            largest = T.Max(largest, lanes[lane]);
        }

        return largest;
    }
}
