namespace Backprop;

public static partial class Losses
{
    /// <summary>−w(t·log p + (1 − t)·log(1 − p)), each logarithm not below −100.</summary>
    /// <param name="probability">p in [0, 1]. The gradient's denominator p(1 − p) is not below 10⁻¹².</param>
    /// <param name="target">t in [0, 1], as many; not differentiated.</param>
    /// <param name="weight">w of each element, or of each column when there are fewer, or empty.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double BinaryCrossEntropy(
        ReadOnlySpan<double> probability,
        [NoGradient] ReadOnlySpan<double> target,
        [NoGradient] ReadOnlySpan<double> weight,
        Reduction reduction)
    {
        if (probability.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {probability.Length} probabilities.", nameof(target));
        double sum = 0;
        for (int i = 0; i < probability.Length; i++)
        {
            double p = probability[i], t = target[i];
            double w = weight.Length == 0 ? 1 : weight[i % weight.Length];
            double loss = -t * Math.Max(Math.Log(p), -100) - (1 - t) * Math.Max(Math.Log(1 - p), -100);

            // At p = 0 and 1 the clamped logarithms have no slope to learn from, so the slope is given beside the value.
            double slope = (p - t) / Math.Max(p * (1 - p), 1e-12);
            sum += w * (Gradient.Stop(loss) + Gradient.Stop(slope) * (p - Gradient.Stop(p)));
        }

        return reduction == Reduction.Mean ? sum / probability.Length : sum;
    }

    /// <summary>The binary cross entropy of p = 1/(1 + e⁻ˣ), without overflow: w((1 − t)x + (1 + (q − 1)t)·log(1 + e⁻ˣ)).</summary>
    /// <param name="logit">x.</param>
    /// <param name="target">t in [0, 1], as many.</param>
    /// <param name="weight">w of each element, or of each column when there are fewer, or empty.</param>
    /// <param name="positiveWeight">q, the weight of t = 1, likewise.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double LogitBinaryCrossEntropy(
        ReadOnlySpan<double> logit,
        ReadOnlySpan<double> target,
        [NoGradient] ReadOnlySpan<double> weight,
        [NoGradient] ReadOnlySpan<double> positiveWeight,
        Reduction reduction)
    {
        if (logit.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {logit.Length} logits.", nameof(target));
        double sum = 0;
        for (int i = 0; i < logit.Length; i++)
        {
            double x = logit[i], t = target[i];
            double w = weight.Length == 0 ? 1 : weight[i % weight.Length];
            double q = positiveWeight.Length == 0 ? 1 : positiveWeight[i % positiveWeight.Length];
            double softplus = x >= 0 ? Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x)) - x;
            sum += w * ((1 - t) * x + (1 + (q - 1) * t) * softplus);
        }

        return reduction == Reduction.Mean ? sum / logit.Length : sum;
    }

    /// <summary>log(1 + e⁻ᵗᵖ) for t = ±1.</summary>
    /// <param name="prediction">p.</param>
    /// <param name="target">t, as many; not differentiated.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double SoftMargin(ReadOnlySpan<double> prediction, [NoGradient] ReadOnlySpan<double> target, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            double x = target[i] * prediction[i];
            sum += x >= 0 ? Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x)) - x;
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <summary>The mean over the classes of a row of the binary cross entropy of logits.</summary>
    /// <param name="logit">Rows of one logit a class.</param>
    /// <param name="target">Whether the class is present, 0 or 1, as many; not differentiated.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="weight">Weight of each class, or empty.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double MultiLabelSoftMargin(
        ReadOnlySpan<double> logit,
        [NoGradient] ReadOnlySpan<double> target,
        int classes,
        [NoGradient] ReadOnlySpan<double> weight,
        Reduction reduction)
    {
        if (logit.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {logit.Length} logits.", nameof(target));
        int rows = logit.Length / classes;
        double sum = 0;
        for (int i = 0; i < logit.Length; i++)
        {
            double x = logit[i];
            double w = weight.Length == 0 ? 1 : weight[i % classes];
            double softplus = x >= 0 ? Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x)) - x;
            sum += w * ((1 - target[i]) * x + softplus);
        }

        sum /= classes;
        return reduction == Reduction.Mean ? sum / rows : sum;
    }
}
