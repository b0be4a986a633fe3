using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The rule shared by <see cref="Adam"/> and <see cref="AdamW"/>, with the bias corrections folded into its coefficients.</summary>
public readonly struct AdamRule : IUpdateRule
{
    private readonly double rate, beta1, beta2, inside, outside, peakScale;
    private readonly SecondMoment moment;

    internal AdamRule(
        in LeafStep step, double beta2, double epsilon, double epsilonInsideRoot,
        SecondMoment moment = SecondMoment.Latest, EpsilonForm form = EpsilonForm.AfterCorrection)
    {
        beta1 = step.Momentum;
        this.beta2 = beta2;
        this.moment = moment;
        // η·m̂/(√(v̂ + ε′) + ε) = (η·c/(1 − β₁ᵗ))·m/(√(v + ε′c²) + εc) with c = √(1 − β₂ᵗ): no division left but one.
        double square = moment == SecondMoment.MaximumCorrected ? 1 : step.Correction(beta2), c = Math.Sqrt(square);
        peakScale = moment == SecondMoment.MaximumCorrected ? 1 / step.Correction(beta2) : 1;
        rate = step.LearningRate * c / step.Correction(beta1);
        inside = epsilonInsideRoot * square;
        outside = form == EpsilonForm.AfterCorrection ? epsilon * c : epsilon;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane v, ref TLane peak)
        where TLane : struct, ILane<TLane>
    {
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        TLane square = v;
        if (moment != SecondMoment.Latest) square = peak = TLane.Max(peak, peakScale * v);
        x -= rate * m / (TLane.Sqrt(square + inside) + outside);
    }
}
