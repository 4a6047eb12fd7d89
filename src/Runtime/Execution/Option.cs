using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming;

/// <summary>A value that may be missing: a side of an outer join. Without one it is <c>default</c>. A value may itself be null.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly struct Option<T> : IEquatable<Option<T>>
{
    private readonly T _value;

    /// <summary>Makes an option with a value.</summary>
    public Option(T value) => (_value, HasValue) = (value, true);

    /// <summary>Whether there is a value.</summary>
    public bool HasValue { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue ? _value : throw new InvalidOperationException("The option has no value; ask HasValue first, or use GetValueOrDefault.");

    /// <summary>The value, or the type's default where there is none.</summary>
    public T? GetValueOrDefault() => _value;

    /// <summary>The value, or another one where there is none.</summary>
    public T GetValueOrDefault(T other) => HasValue ? _value : other;

    /// <summary>Gives the value where there is one.</summary>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return HasValue;
    }

    /// <inheritdoc/>
    public bool Equals(Option<T> other) => HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Option<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HasValue, _value);

    /// <summary><c>Some(value)</c> or <c>None</c>, as Spark prints it.</summary>
    public override string ToString() => HasValue ? $"Some({_value})" : "None";

    /// <summary>Whether two options are equal.</summary>
    public static bool operator ==(Option<T> left, Option<T> right) => left.Equals(right);

    /// <summary>Whether two options differ.</summary>
    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);
}
