using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// The number type in which an update rule is written: one element, or a vector of elements that all take the same step.
/// A <see cref="double"/> converts to a lane by being repeated in every element.
/// </summary>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
/// <remarks>No operation is fused or reassociated, so a rule gives the same bits in a vector and alone.</remarks>
public interface ILane<TSelf>
    where TSelf : struct, ILane<TSelf>
{
    /// <summary>Repeats <paramref name="value"/>, rounded to the element type, in every element.</summary>
    static abstract implicit operator TSelf(double value);

    /// <summary>Elementwise sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Elementwise difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Elementwise negation.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>Elementwise product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Elementwise quotient.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Elementwise square root.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Elementwise absolute value.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>Elementwise maximum; NaN if either is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Elementwise minimum; NaN if either is NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>Elementwise choice: <paramref name="then"/> where <paramref name="condition"/> is greater than zero, else <paramref name="otherwise"/>.</summary>
    static abstract TSelf IfPositive(TSelf condition, TSelf then, TSelf otherwise);

    /// <summary>Elementwise sign: −1, 0 or 1; 0 for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TSelf Sign(TSelf value) => TSelf.IfPositive(value, 1, TSelf.IfPositive(-value, -1, 0));
}

/// <summary>A lane that is read from and written to memory of its element type.</summary>
internal interface ILane<TSelf, T> : ILane<TSelf>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref T source, int index);

    static abstract void Store(TSelf value, ref T target, int index);
}
