using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Adam's second moment kept as row and column means, no first moment, and steps relative to the size of the parameters. For a matrix
/// R ← βR + (1 − β)·mean over columns of G², C likewise over rows, V = R⊗C / mean(R), β = 1 − t^γ; otherwise V ← βV + (1 − β)G².
/// U = G/√max(V, ε₁²), X ← X − min(η, 1/√t)·max(ε₂, rms(X))·U/max(1, rms(U)/d). Leading dimensions of a leaf of three or more are a batch of matrices.
/// Shazeer and Stern, <em>Adafactor: Adaptive Learning Rates with Sublinear Memory Cost</em>, 2018; details as in PyTorch.
/// </summary>
public sealed class Adafactor : Optimizer
{
    /// <summary>Adafactor with η = 0.01, γ = −0.8, ε = (machine epsilon, 10⁻³), d = 1; weight decay is decoupled.</summary>
    public Adafactor() => LearningRate = 1e-2;

    /// <summary>γ, the power by which β approaches 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Greater than zero, or not finite.</exception>
    public double Beta2Decay { get; init => field = -Bounds.NonNegative(-value); } = -0.8;

    /// <summary>ε₁, the floor of the second moment's root; null for the element type's machine epsilon.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double? Epsilon { get; init => field = value is { } epsilon ? Bounds.NonNegative(epsilon) : null; }

    /// <summary>ε₂, the least size a leaf is taken to have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double ScaleFloor { get; init => field = Bounds.NonNegative(value); } = 1e-3;

    /// <summary>d, the root mean square above which an update is scaled down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double ClippingThreshold { get; init => field = Bounds.Positive(value); } = 1;

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => leaf.Shape.Count < 2
        ? ["v", StateSlot.WorkSpace()]
        : [
            new StateSlot("row", [.. leaf.Shape.SkipLast(1)]),
            StateSlot.WorkSpace(),
            new StateSlot("column", [.. leaf.Shape.SkipLast(2), leaf.Shape[^1]]),
        ];

    /// <inheritdoc/>
    protected override void Update<T>(in LeafStep step, Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        OptimizedLeaf leaf = step.Leaf;
        if (leaf.Length == 0) return;
        double fresh = Math.Pow(step.Number, Beta2Decay);
        double epsilon = Epsilon ?? (typeof(T) == typeof(float) ? Math.Pow(2, -23) : Math.Pow(2, -52));
        double size = Math.Max(ScaleFloor, Reduce.Norm<T>(parameters) / Math.Sqrt(leaf.Length));
        double rate = size * Math.Min(step.LearningRate, 1 / Math.Sqrt(step.Number));

        Span<T> update = leaf.Slot<T>(1);
        if (leaf.Info.Shape.Count < 2) Elementwise.Apply(new Square(fresh), new Preparation(1, 0, 1), leaf.Slot<T>(0), gradient, update, default, default);
        else FactoredSquares(leaf, fresh, epsilon, gradient, update);
        Elementwise.Apply(new Normalize(epsilon), new Preparation(1, 0, 1), update, gradient, default, default, default);

        double clip = Math.Max(1, Reduce.Norm<T>(update) / (Math.Sqrt(leaf.Length) * ClippingThreshold));
        double sign = Direction == Direction.Maximize ? 1 : -1;
        Axpy.Apply(1 - step.LearningRate * step.WeightDecay, parameters, sign * rate / clip, update);
    }

    private static void FactoredSquares<T>(OptimizedLeaf leaf, double fresh, double epsilon, ReadOnlySpan<T> gradient, Span<T> squares)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = leaf.Info.Shape[^1], rows = leaf.Info.Shape[^2], matrix = rows * columns;
        for (int k = 0; k < leaf.Length / matrix; k++)
        {
            Span<T> row = leaf.Slot<T>(0).Slice(k * rows, rows), column = leaf.Slot<T>(2).Slice(k * columns, columns);
            ReadOnlySpan<T> g = gradient.Slice(k * matrix, matrix);
            Axpy.Apply(1 - fresh, column, 0, column);
            for (int i = 0; i < rows; i++)
            {
                ReadOnlySpan<T> line = g.Slice(i * columns, columns);
                row[i] += T.CreateTruncating(fresh) * (T.CreateTruncating(Reduce.SumOfSquares(line) / columns) - row[i]);
                Elementwise.Apply(new AddSquare(fresh / rows), new Preparation(1, 0, 1), column, line, default, default, default);
            }
            double mean = Math.Max(Reduce.Sum<T>(row) / rows, epsilon);
            for (int i = 0; i < rows; i++)
                Axpy.Apply(0, squares.Slice(k * matrix + i * columns, columns), double.CreateTruncating(row[i]) / mean, column);
        }
    }

    private readonly struct Square(double fresh) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane v, TLane g, ref TLane copy, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane> => copy = v += fresh * (g * g - v);
    }

    private readonly struct AddSquare(double factor) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane unused1, ref TLane unused2, ref TLane unused3)
            where TLane : struct, ILane<TLane> => x += factor * (g * g);
    }

    private readonly struct Normalize(double epsilon) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane v, TLane g, ref TLane unused1, ref TLane unused2, ref TLane unused3)
            where TLane : struct, ILane<TLane> => v = g / TLane.Sqrt(TLane.Max(v, epsilon * epsilon));
    }
}
