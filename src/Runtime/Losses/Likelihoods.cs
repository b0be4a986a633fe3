namespace Backprop;

public static partial class Losses
{
    /// <summary>Poisson: λ − t·log λ for counts t, without the terms of t alone.</summary>
    /// <param name="prediction">log λ, or λ itself; see <paramref name="form"/>.</param>
    /// <param name="target">Counts t, as many; not differentiated.</param>
    /// <param name="form">What the prediction is.</param>
    /// <param name="terms">Whether Stirling's t·log t − t + ½log 2πt is added where t is above 1.</param>
    /// <param name="epsilon">Added to λ inside the logarithm when the prediction is λ.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double PoissonLikelihood(
        ReadOnlySpan<double> prediction,
        [NoGradient] ReadOnlySpan<double> target,
        RateForm form,
        LikelihoodTerms terms,
        [NoGradient] double epsilon,
        Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            double p = prediction[i], t = target[i];
            sum += form == RateForm.Logarithm ? Math.Exp(p) - t * p : p - t * Math.Log(p + epsilon);
            if (terms == LikelihoodTerms.All && t > 1)
                sum += t * Math.Log(t) - t + 0.5 * Math.Log(2 * Math.PI * t);
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <summary>Normal: ½(log v + (p − t)²/v), without ½log 2π. Nix and Weigend, 1994.</summary>
    /// <param name="prediction">p.</param>
    /// <param name="target">t, as many.</param>
    /// <param name="variance">v: as many, or one for each row of equal length.</param>
    /// <param name="epsilon">The least v; below it the value is that of ε and the gradient that at ε.</param>
    /// <param name="terms">Whether ½log 2π is added.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double NormalLikelihood(
        ReadOnlySpan<double> prediction,
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> variance,
        [NoGradient] double epsilon,
        LikelihoodTerms terms,
        Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        if (variance.Length == 0 || prediction.Length % variance.Length != 0)
            throw new ArgumentException($"There are {variance.Length} variances for {prediction.Length} predictions.", nameof(variance));
        int shared = prediction.Length / variance.Length;
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            // The clamp is not differentiated: a variance that fell below its bound must be able to grow again.
            double given = variance[i / shared];
            double v = given + Gradient.Stop(Math.Max(given, epsilon) - given);
            double error = prediction[i] - target[i];
            sum += 0.5 * (Math.Log(v) + error * error / v);
            if (terms == LikelihoodTerms.All)
                sum += 0.5 * Math.Log(2 * Math.PI);
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }
}

/// <summary>What a prediction says of a rate λ.</summary>
public enum RateForm
{
    /// <summary>log λ.</summary>
    Logarithm,

    /// <summary>λ.</summary>
    Rate,
}

/// <summary>Which terms of a likelihood are computed.</summary>
public enum LikelihoodTerms
{
    /// <summary>Those with a parameter in them: enough for training.</summary>
    Essential,

    /// <summary>Constant terms too: values of different models can be compared.</summary>
    All,
}
