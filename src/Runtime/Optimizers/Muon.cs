using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>How the rate of <see cref="Muon"/> depends on the shape of a matrix.</summary>
public enum MuonScale
{
    /// <summary>√max(1, rows/columns), as Jordan's reference does.</summary>
    Spectral,

    /// <summary>0.2·√max(rows, columns), so that the step has the root mean square usual in Adam. Liu et al., <em>Muon is Scalable for LLM Training</em>, 2025.</summary>
    AdamRms,
}

/// <summary>
/// Momentum orthogonalised. B ← μB + (1 − μ)G, U = (1 − μ)G + μB with Nesterov or B without, X ← X(1 − ηλ) − η·s·orthogonal(U), where
/// orthogonal is the factor UVᵀ of the singular value decomposition, approached by Newton–Schulz iterations.
/// Leaves that are not matrices, and matrices that <see cref="AdamWPatterns"/> name, take steps of AdamW.
/// Jordan et al., <em>Muon: An optimizer for hidden layers in neural networks</em>, 2024.
/// </summary>
public sealed class Muon : Optimizer, IMomentum
{
    private double momentum = 0.95;

    /// <summary>Muon with η = 10⁻³, λ = 0.1, μ = 0.95, Nesterov, 5 iterations.</summary>
    public Muon() => (LearningRate, WeightDecay) = (1e-3, 0.1);

    /// <summary>μ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Momentum { get => momentum; set => momentum = Bounds.Decay(value); }

    /// <summary>Nesterov (the default) or heavy ball.</summary>
    public MomentumForm MomentumForm { get; init => field = Bounds.Defined(value); } = MomentumForm.Nesterov;

    /// <summary>Number of Newton–Schulz iterations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Iterations { get; init => field = Bounds.AtLeast(1, value); } = 5;

    /// <summary>How the rate depends on the shape.</summary>
    public MuonScale Scale { get; init => field = Bounds.Defined(value); }

    /// <summary>Patterns of matrices that take steps of AdamW all the same: embeddings, the last layer.</summary>
    public IReadOnlyList<string> AdamWPatterns { get; init => field = [.. value]; } = [];

    /// <summary>AdamW's rate as a multiple of Muon's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double AdamWRateScale { get; init => field = Bounds.NonNegative(value); } = 1;

    /// <summary>AdamW's β₁, β₂ and ε.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A β outside [0, 1), or ε negative or not finite.</exception>
    public (double Beta1, double Beta2, double Epsilon) AdamW
    {
        get;
        init => field = (Bounds.Decay(value.Beta1), Bounds.Decay(value.Beta2), Bounds.NonNegative(value.Epsilon));
    } = (0.9, 0.999, 1e-8);

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf)
    {
        if (!IsOrthogonalized(leaf)) return ["m", "v"];
        int least = leaf.Shape.Min();
        int[] matrix = [.. leaf.Shape], square = [least, least];
        return ["momentum", StateSlot.WorkSpace(matrix), StateSlot.WorkSpace(matrix), StateSlot.WorkSpace(square), StateSlot.WorkSpace(square)];
    }

    /// <inheritdoc/>
    protected override void Update<T>(in LeafStep step, Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        OptimizedLeaf leaf = step.Leaf;
        if (leaf.Length == 0) return;
        double sign = Direction == Direction.Maximize ? -1 : 1;
        // Momentum has arrays of work space behind it; AdamW's leaves have two slots.
        if (leaf.Slot<T>(2).IsEmpty)
        {
            LeafStep adam = step with { LearningRate = step.LearningRate * AdamWRateScale, Momentum = AdamW.Beta1 };
            Elementwise.Apply(
                new AdamRule(adam, AdamW.Beta2, AdamW.Epsilon, 0),
                new Preparation(sign, 0, 1 - adam.LearningRate * step.WeightDecay),
                parameters, gradient, leaf.Slot<T>(0), leaf.Slot<T>(1), default);
            return;
        }
        int rows = leaf.Info.Shape[0], columns = leaf.Info.Shape[1];
        Span<T> direction = leaf.Slot<T>(1);
        Elementwise.Apply(
            new Blend(step.Momentum, MomentumForm), new Preparation(sign, 0, 1), leaf.Slot<T>(0), gradient, direction, default, default);
        Orthogonalization.Apply(direction, rows, columns, Iterations, leaf.Slot<T>(2), leaf.Slot<T>(3), leaf.Slot<T>(4));
        double scale = Scale == MuonScale.Spectral
            ? Math.Sqrt(Math.Max(1, (double)rows / columns))
            : 0.2 * Math.Sqrt(Math.Max(rows, columns));
        Axpy.Apply(1 - step.LearningRate * step.WeightDecay, parameters, -step.LearningRate * scale, direction);
    }

    private bool IsOrthogonalized(LeafInfo leaf) =>
        leaf.Shape.Count == 2 && !AdamWPatterns.Any(pattern => new ParameterGroup(pattern).Matches(leaf.Path));

    private readonly struct Blend(double momentum, MomentumForm form) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane buffer, TLane g, ref TLane direction, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane>
        {
            buffer = momentum * buffer + (1 - momentum) * g;
            TLane next = buffer;
            if (form == MomentumForm.Nesterov) next = momentum * buffer + (1 - momentum) * g;
            direction = next;
        }
    }
}
