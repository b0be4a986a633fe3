using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Gradient descent whose iterates are averaged. ηₜ = η/(1 + Λη(t − 1))^α, x ← x(1 − Ληₜ) − ηₜg, and after step t₀
/// x̄ ← x̄ + (x − x̄)/max(1, t − 1 − t₀). Polyak and Juditsky, <em>Acceleration of Stochastic Approximation by Averaging</em>, 1992;
/// the rate as in Xu, <em>Towards Optimal One Pass Large Scale Learning with Averaged Stochastic Gradient Descent</em>, 2011.
/// </summary>
public sealed class Asgd : ElementwiseOptimizer<Asgd.Rule>
{
    /// <summary>ASGD with η = 0.01, Λ = 10⁻⁴, α = 0.75, t₀ = 10⁶.</summary>
    public Asgd() => LearningRate = 1e-2;

    /// <summary>Λ, the decay of the parameters and of the rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Lambda { get; init => field = Bounds.NonNegative(value); } = 1e-4;

    /// <summary>α, the power by which the rate falls.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Alpha { get; init => field = Bounds.NonNegative(value); } = 0.75;

    /// <summary>t₀, the step after which averaging begins; until then the average is the parameter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double AveragingStart { get; init => field = Bounds.NonNegative(value); } = 1e6;

    /// <summary>Overwrites a model of the same shape with the averaged parameters; frozen leaves are left alone.</summary>
    /// <exception cref="InvalidOperationException">No step has been taken.</exception>
    /// <exception cref="ArgumentException">The leaves of <paramref name="model"/> are not those of the model being trained.</exception>
    public void CopyAverageTo<TModel>(TModel model)
        where TModel : IDifferentiable<TModel> => CopySlotTo(model, 0);

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["average"];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step)
    {
        double rate = step.LearningRate / Math.Pow(1 + Lambda * step.LearningRate * (step.Number - 1), Alpha);
        return new Rule(rate, 1 - Lambda * rate, 1 / Math.Max(1, step.Number - 1 - AveragingStart));
    }

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double shrink, double share) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane average, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane>
        {
            x = shrink * x - rate * g;
            TLane next = x;
            if (share != 1) next = average + share * (x - average);
            average = next;
        }
    }
}
