using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Adam for tables of which a step touches few rows: an element whose gradient is exactly zero keeps its parameter and its moments.
/// Elsewhere m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← x − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε), t counting all steps.
/// The lazy form of Kingma and Ba, 2015, as in PyTorch's <c>SparseAdam</c>, which goes by rows instead of elements.
/// </summary>
public sealed class SparseAdam : AdaptiveMoments<SparseAdam.Rule>
{
    /// <summary>Sparse Adam with η = 10⁻³, β = (0.9, 0.999), ε = 10⁻⁸.</summary>
    public SparseAdam() => LearningRate = 1e-3;

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) => new(
        step.LearningRate * Math.Sqrt(step.Correction(Beta2)) / step.Correction(step.Momentum), step.Momentum, Beta2, Epsilon);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double beta1, double beta2, double epsilon) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane v, ref TLane unused)
            where TLane : struct, ILane<TLane>
        {
            TLane touched = TLane.Abs(g);
            m = TLane.IfPositive(touched, beta1 * m + (1 - beta1) * g, m);
            v = TLane.IfPositive(touched, beta2 * v + (1 - beta2) * g * g, v);
            x = TLane.IfPositive(touched, x - rate * m / (TLane.Sqrt(v) + epsilon), x);
        }
    }
}
