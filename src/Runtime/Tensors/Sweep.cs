using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>
/// Runs a rule over all elements. A block reads its operands, takes its seed and only then adds, so accumulators may be the same memory as the
/// seed or as each other.
/// </summary>
internal static class Sweep
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Unary<T, TRule>(int length, TRule rule, Operand<T> x, Operand<T> y, Accumulator<T> dx, Seed<T> seed)
        where T : IFloatingPointIeee754<T>
        where TRule : struct, IUnaryRule<T>
    {
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            int count = Math.Min(Vector512<T>.Count, length - i);
            dx.Add(rule.Pull(x.Load(i, count), y.Load(i, count), seed.Take(i, count)), i, count);
        }

        dx.Finish();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Binary<T, TRule>(
        int length, TRule rule, Operand<T> a, Operand<T> b, Operand<T> y, Accumulator<T> da, Accumulator<T> db, Seed<T> seed)
        where T : IFloatingPointIeee754<T>
        where TRule : struct, IBinaryRule<T>
    {
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            int count = Math.Min(Vector512<T>.Count, length - i);
            var (first, second) = rule.Pull(a.Load(i, count), b.Load(i, count), y.Load(i, count), seed.Take(i, count));
            da.Add(first, i, count);
            db.Add(second, i, count);
        }

        da.Finish();
        db.Finish();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Ternary<T, TRule>(
        int length, TRule rule, Operand<T> a, Operand<T> b, Operand<T> c, Accumulator<T> da, Accumulator<T> db, Accumulator<T> dc, Seed<T> seed)
        where T : IFloatingPointIeee754<T>
        where TRule : struct, ITernaryRule<T>
    {
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            int count = Math.Min(Vector512<T>.Count, length - i);
            var (first, second, third) = rule.Pull(a.Load(i, count), b.Load(i, count), c.Load(i, count), seed.Take(i, count));
            da.Add(first, i, count);
            db.Add(second, i, count);
            dc.Add(third, i, count);
        }

        da.Finish();
        db.Finish();
        dc.Finish();
    }
}
