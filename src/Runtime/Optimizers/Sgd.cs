using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>Which point of the momentum's path a step follows.</summary>
public enum MomentumForm
{
    /// <summary>Step along the momentum: Polyak's heavy ball.</summary>
    HeavyBall,

    /// <summary>Step along where the momentum will be: Nesterov's.</summary>
    Nesterov,
}

/// <summary>
/// Gradient descent with momentum. b ← μb + (1 − τ)g (in the first step b ← g), x ← x − ηb, or with Nesterov x ← x − η(g + μb).
/// Polyak, 1964; Sutskever et al., <em>On the importance of initialization and momentum in deep learning</em>, 2013.
/// </summary>
public sealed class Sgd : ElementwiseOptimizer<Sgd.Rule>, IMomentum
{
    private double momentum;

    /// <summary>Gradient descent with η = 10⁻³ and no momentum.</summary>
    public Sgd() => LearningRate = 1e-3;

    /// <summary>μ. State is kept for leaves of an optimizer whose momentum, or that of one of its groups, is not zero at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    /// <exception cref="InvalidOperationException">Momentum was zero in the first step.</exception>
    public double Momentum
    {
        get => momentum;
        set => momentum = value == 0 || HasBuffer || !IsPrepared ? Bounds.Decay(value)
            : throw new InvalidOperationException("Momentum was zero in the first step, so no state was kept for it.");
    }

    /// <summary>τ, by which later gradients are damped before they enter the momentum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1].</exception>
    public double Dampening { get; init => field = Bounds.UnitInterval(value); }

    /// <summary>Heavy ball or Nesterov.</summary>
    public MomentumForm MomentumForm { get; init => field = Bounds.Defined(value); }

    private bool HasBuffer { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf)
    {
        HasBuffer = momentum != 0 || Groups.Any(static group => group.Momentum is not (null or 0));
        return HasBuffer ? ["momentum"] : [];
    }

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) =>
        new(step.LearningRate, step.Momentum, step.Number == 1 || step.Momentum == 0 ? 1 : 1 - Dampening, MomentumForm);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double momentum, double fresh, MomentumForm form) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane buffer, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane>
        {
            buffer = momentum * buffer + fresh * g;
            TLane direction = buffer;
            if (form == MomentumForm.Nesterov) direction = g + momentum * buffer;
            x -= rate * direction;
        }
    }
}
