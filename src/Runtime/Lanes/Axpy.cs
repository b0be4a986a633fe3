using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>x ← scale·x + factor·g, not reading x where scale is 0: the last pass of rules whose step length depends on the whole leaf.</summary>
internal readonly struct Axpy(double scale, double factor) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLane>(ref TLane x, TLane g, ref TLane a, ref TLane b, ref TLane c)
        where TLane : struct, ILane<TLane>
    {
        TLane next = factor * g;
        if (scale != 0) next += scale * x;
        x = next;
    }

    internal static void Apply<T>(double scale, Span<T> x, double factor, ReadOnlySpan<T> g)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Elementwise.Apply(new Axpy(scale, factor), new Preparation(1, 0, 1), x, g, default, default, default);
}
