using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Vectors;

/// <summary>Random numbers of every bit pattern, small ones and the ends of the ranges, in partitions of every length up to a few vectors.</summary>
internal static class NumericBatches
{
    public static List<BatchData> Create(int seed, Assembly program)
    {
        var random = new Random(seed);
        var lengths = new[] { 0, 1, 15, 16, 17, 33, 200, 3000 };
        return
        [
            .. lengths.Select(length =>
            {
                var batch = new BatchData();
                foreach (var (record, index) in NumericProgram.Records.Select((record, index) => (record, index)))
                {
                    batch.Inputs[$"input{index}"] = [Records(random, TypeOf(record, program), length), Records(random, TypeOf(record, program), random.Next(40))];
                }

                return batch;
            }),
        ];
    }

    private static Type TypeOf(string record, Assembly program) => record switch
    {
        "int" => typeof(int),
        "uint" => typeof(uint),
        "long" => typeof(long),
        "ulong" => typeof(ulong),
        "float" => typeof(float),
        "double" => typeof(double),
        "byte" => typeof(byte),
        "sbyte" => typeof(sbyte),
        "short" => typeof(short),
        "ushort" => typeof(ushort),
        "Tick" => program.GetType("Numbers.Tick", throwOnError: true)!,
        _ => typeof((int, long)),
    };

    private static Array Records(Random random, Type type, int length) =>
        (Array)typeof(NumericBatches).GetMethod(nameof(Fill), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [random, length])!;

    /// <summary>Memory filled at random: a third of it with small numbers, which make ties and even divisions likely.</summary>
    private static T[] Fill<T>(Random random, int length)
        where T : unmanaged
    {
        var records = new T[length];
        foreach (ref var record in records.AsSpan())
        {
            var bytes = MemoryMarshal.AsBytes(new Span<T>(ref record));
            if (typeof(T) == typeof(double))
            {
                record = (T)(object)Double(random);
            }
            else if (typeof(T) == typeof(float))
            {
                record = (T)(object)(float)Double(random);
            }
            else if (random.Next(3) == 0)
            {
                bytes.Clear();
                bytes[0] = (byte)random.Next(20);
            }
            else
            {
                random.NextBytes(bytes);
                Quieten(bytes);
            }
        }

        return records;
    }

    /// <summary>No NaN by chance: which of two NaNs with different bits a sum gives is the processor's own business.</summary>
    private static void Quieten(Span<byte> bytes)
    {
        for (var index = 3; index < bytes.Length; index += 4)
        {
            bytes[index] &= 0xBF;
        }
    }

    private static double Double(Random random) => random.Next(12) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -0.0,
        3 => double.NegativeInfinity,
        4 => random.NextDouble() * 1e300,
        5 => -random.NextDouble() * 1e-300,
        < 9 => random.Next(-50, 50),
        _ => (random.NextDouble() - 0.5) * 1e10,
    };
}
