using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Functions that return one of their operands, which gets the whole cotangent.</content>
public static partial class TensorPullbacks
{
    /// <summary>The cotangent goes to the operand returned, x where both are equal.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Max))]
    public static void Max<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MaxRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Max))]
    public static void Max<T>(ReadOnlySpan<T> x, T y, [Unread] Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MaxRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    private readonly struct MaxRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (If(FirstIsMax(a, b), d), Unless(FirstIsMax(a, b), d));
    }

    /// <summary>The cotangent goes to the operand returned, x where both are equal.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Min))]
    public static void Min<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MinRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Min))]
    public static void Min<T>(ReadOnlySpan<T> x, T y, [Unread] Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MinRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    private readonly struct MinRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (If(FirstIsMin(a, b), d), Unless(FirstIsMin(a, b), d));
    }

    /// <summary>The cotangent goes to the operand returned, x where both are equal; of −2 and 2 the one that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxMagnitude))]
    public static void MaxMagnitude<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MagnitudeRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; of −2 and 2 the one that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxMagnitude))]
    public static void MaxMagnitude<T>(ReadOnlySpan<T> x, [Unread] T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MagnitudeRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; of −2 and 2 the one that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinMagnitude))]
    public static void MinMagnitude<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MagnitudeRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; of −2 and 2 the one that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinMagnitude))]
    public static void MinMagnitude<T>(ReadOnlySpan<T> x, [Unread] T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MagnitudeRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxNumber))]
    public static void MaxNumber<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxNumber))]
    public static void MaxNumber<T>(ReadOnlySpan<T> x, [Unread] T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinNumber))]
    public static void MinNumber<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinNumber))]
    public static void MinNumber<T>(ReadOnlySpan<T> x, [Unread] T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxMagnitudeNumber))]
    public static void MaxMagnitudeNumber<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxMagnitudeNumber))]
    public static void MaxMagnitudeNumber<T>(ReadOnlySpan<T> x, [Unread] T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinMagnitudeNumber))]
    public static void MinMagnitudeNumber<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>The cotangent goes to the operand returned, x where both are equal; a NaN gets nothing (y does, of two).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinMagnitudeNumber))]
    public static void MinMagnitudeNumber<T>(ReadOnlySpan<T> x, [Unread] T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(NumberRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>What was returned tells which it was: the first of equals, the NaN.</summary>
    private readonly struct MagnitudeRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
            => (If(Vector512.Equals(y, a) | IsNaN(a), d), Unless(Vector512.Equals(y, a) | IsNaN(a), d));
    }

    /// <summary>What was returned tells which it was: a NaN is not.</summary>
    private readonly struct NumberRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
            => (If(Vector512.Equals(y, a), d), Unless(Vector512.Equals(y, a), d));
    }

    /// <summary><c>dx += ±d</c> as the sign was kept or turned, 0 at x = 0; nothing to sign.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.CopySign))]
    public static void CopySign<T>(ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> sign, Span<T> destination, Span<T> dx, Span<T> dSign, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(CopySignRule<T>), Read(x, x.Length), Read(sign, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dSign, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += ±d</c> as the sign was kept or turned, 0 at x = 0; nothing to sign.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.CopySign))]
    public static void CopySign<T>(ReadOnlySpan<T> x, [Unread] T sign, Span<T> destination, Span<T> dx, ref T dSign, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(CopySignRule<T>), Read(x, x.Length), Read(sign), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dSign), Take(dDestination, destination));

    private readonly struct CopySignRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> turned = Vector512.ConditionalSelect(Vector512.Equals(a, y), d, -d);
            return (Unless(IsZero(a), turned), Vector512<T>.Zero);
        }
    }
}
