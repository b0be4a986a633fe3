using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>What happens to every element before the rule: sign for maximisation, weight decay.</summary>
/// <param name="Sign">1 or −1, times the gradient.</param>
/// <param name="Coupled">Times the parameter, added to the gradient.</param>
/// <param name="Shrink">Times the parameter.</param>
internal readonly record struct Preparation(double Sign, double Coupled, double Shrink)
{
    internal static Preparation Of(in LeafStep step, Direction direction, WeightDecayForm form) => new(
        direction == Direction.Maximize ? -1 : 1,
        form == WeightDecayForm.Coupled ? step.WeightDecay : 0,
        form switch
        {
            WeightDecayForm.Decoupled => 1 - step.LearningRate * step.WeightDecay,
            WeightDecayForm.Independent => 1 - step.WeightDecay,
            _ => 1,
        });
}

/// <summary>Runs an update rule over a leaf: one pass over parameter, gradient and state.</summary>
internal static class Elementwise
{
    internal static void Apply<T, TRule>(TRule rule, Preparation before, Span<T> x, ReadOnlySpan<T> g, Span<T> a, Span<T> b, Span<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
    {
        int done = VectorLane<T>.IsFast ? Sweep<T, VectorLane<T>, TRule>(0, rule, before, x, g, a, b, c) : 0;
        Sweep<T, ScalarLane<T>, TRule>(done, rule, before, x, g, a, b, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Sweep<T, TLane, TRule>(
        int start, TRule rule, Preparation before, Span<T> x, ReadOnlySpan<T> g, Span<T> a, Span<T> b, Span<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : struct, ILane<TLane>, ILane<TLane, T>
        where TRule : struct, IUpdateRule
    {
        ref T x0 = ref MemoryMarshal.GetReference(x), g0 = ref MemoryMarshal.GetReference(g);
        ref T a0 = ref MemoryMarshal.GetReference(a), b0 = ref MemoryMarshal.GetReference(b), c0 = ref MemoryMarshal.GetReference(c);
        bool hasA = !a.IsEmpty, hasB = !b.IsEmpty, hasC = !c.IsEmpty;
        bool ascends = before.Sign < 0, couples = before.Coupled != 0, shrinks = before.Shrink != 1;
        TLane coupled = before.Coupled, shrink = before.Shrink;

        int i = start;
        for (; i <= x.Length - TLane.Count; i += TLane.Count)
        {
            TLane xi = TLane.Load(ref x0, i), gi = TLane.Load(ref g0, i);
            TLane ai = hasA ? TLane.Load(ref a0, i) : default;
            TLane bi = hasB ? TLane.Load(ref b0, i) : default;
            TLane ci = hasC ? TLane.Load(ref c0, i) : default;

            if (ascends) gi = -gi;
            if (couples) gi += coupled * xi;
            if (shrinks) xi *= shrink;
            rule.Update(ref xi, gi, ref ai, ref bi, ref ci);

            TLane.Store(xi, ref x0, i);
            if (hasA) TLane.Store(ai, ref a0, i);
            if (hasB) TLane.Store(bi, ref b0, i);
            if (hasC) TLane.Store(ci, ref c0, i);
        }
        return i;
    }
}
