namespace Backprop;

public static partial class Losses
{
    /// <summary>−w_y·log softmax(x)_y of the label y of each row, or of labels smoothed: (1 − ε) of that and ε of the mean over all
    /// classes.</summary>
    /// <param name="logits">x: [rows, classes, positions].</param>
    /// <param name="labels">y: [rows, positions], from 0.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="positions">Positions that share a row: 1 for plain classification, pixels for an image.</param>
    /// <param name="weight">w of each class, or empty.</param>
    /// <param name="smoothing">ε in [0, 1].</param>
    /// <param name="ignored">A label that counts as none; −100 in PyTorch.</param>
    /// <param name="reduction">The mean is over the weights of the labels that are not ignored.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    /// <exception cref="IndexOutOfRangeException">A label is not that of a class.</exception>
    [Differentiable]
    public static double CrossEntropy(
        ReadOnlySpan<double> logits,
        ReadOnlySpan<int> labels,
        int classes,
        int positions,
        [NoGradient] ReadOnlySpan<double> weight,
        [NoGradient] double smoothing,
        int ignored,
        Reduction reduction)
    {
        if (logits.Length != labels.Length * classes)
            throw new ArgumentException($"There are {labels.Length} labels for {logits.Length} logits of {classes} classes.", nameof(labels));
        double sum = 0, weights = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            int label = labels[n];
            if (label == ignored)
                continue;
            int first = n / positions * classes * positions + n % positions;
            double highest = double.NegativeInfinity;
            for (int c = 0; c < classes; c++)
                highest = Math.Max(highest, Gradient.Stop(logits[first + c * positions]));
            double total = 0;
            for (int c = 0; c < classes; c++)
                total += Math.Exp(logits[first + c * positions] - highest);
            double logTotal = highest + Math.Log(total);
            double w = weight.Length == 0 ? 1 : weight[label];
            weights += w;
            sum += (1 - smoothing) * w * (logTotal - logits[first + label * positions]);
            if (smoothing > 0)
            {
                double spread = 0;
                for (int c = 0; c < classes; c++)
                    spread += (weight.Length == 0 ? 1 : weight[c]) * (logTotal - logits[first + c * positions]);
                sum += smoothing / classes * spread;
            }
        }

        return reduction == Reduction.Mean ? sum / weights : sum;
    }

    /// <summary>−Σ w_c·q_c·log softmax(x)_c over the classes c of each row, with q = (1 − ε)t + ε/classes.</summary>
    /// <param name="logits">x: [rows, classes].</param>
    /// <param name="target">Probabilities t, as many.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="weight">w of each class, or empty.</param>
    /// <param name="smoothing">ε in [0, 1].</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double CrossEntropyOfProbabilities(
        ReadOnlySpan<double> logits,
        ReadOnlySpan<double> target,
        int classes,
        [NoGradient] ReadOnlySpan<double> weight,
        [NoGradient] double smoothing,
        Reduction reduction)
    {
        if (logits.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {logits.Length} logits.", nameof(target));
        int rows = logits.Length / classes;
        double sum = 0;
        for (int first = 0; first < logits.Length; first += classes)
        {
            double highest = double.NegativeInfinity;
            for (int c = 0; c < classes; c++)
                highest = Math.Max(highest, Gradient.Stop(logits[first + c]));
            double total = 0;
            for (int c = 0; c < classes; c++)
                total += Math.Exp(logits[first + c] - highest);
            double logTotal = highest + Math.Log(total);
            for (int c = 0; c < classes; c++)
            {
                double q = (1 - smoothing) * target[first + c] + smoothing / classes;
                sum += (weight.Length == 0 ? 1 : weight[c]) * q * (logTotal - logits[first + c]);
            }
        }

        return reduction == Reduction.Mean ? sum / rows : sum;
    }

    /// <summary>−w_y·x_y of the label y of each row of log-probabilities x.</summary>
    /// <param name="logProbabilities">x: [rows, classes].</param>
    /// <param name="labels">y: one a row, from 0.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="weight">w of each class, or empty.</param>
    /// <param name="ignored">A label that counts as none; −100 in PyTorch.</param>
    /// <param name="reduction">The mean is over the weights of the labels that are not ignored.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    /// <exception cref="IndexOutOfRangeException">A label is not that of a class.</exception>
    [Differentiable]
    public static double NegativeLogLikelihood(
        ReadOnlySpan<double> logProbabilities,
        ReadOnlySpan<int> labels,
        int classes,
        [NoGradient] ReadOnlySpan<double> weight,
        int ignored,
        Reduction reduction)
    {
        if (logProbabilities.Length != labels.Length * classes)
            throw new ArgumentException($"There are {labels.Length} labels for {logProbabilities.Length} numbers of {classes} classes.", nameof(labels));
        double sum = 0, weights = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            if (labels[n] == ignored)
                continue;
            double w = weight.Length == 0 ? 1 : weight[labels[n]];
            weights += w;
            sum -= w * logProbabilities[n * classes + labels[n]];
        }

        return reduction == Reduction.Mean ? sum / weights : sum;
    }

    /// <summary>t(log t − x) for log-probabilities x; 0 where t is 0. Kullback and Leibler, 1951.</summary>
    /// <param name="logProbabilities">x.</param>
    /// <param name="target">t or log t, as many.</param>
    /// <param name="form">What the target is.</param>
    /// <param name="reduction">Mean or sum over the elements. For the mean over the rows divide the sum by their number.</param>
    /// <returns>The divergence.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double KullbackLeibler(
        ReadOnlySpan<double> logProbabilities, ReadOnlySpan<double> target, ProbabilityForm form, Reduction reduction)
    {
        if (logProbabilities.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {logProbabilities.Length} log-probabilities.", nameof(target));
        double sum = 0;
        for (int i = 0; i < target.Length; i++)
        {
            double t = target[i], x = logProbabilities[i];
            if (form == ProbabilityForm.Logarithm)
                sum += Math.Exp(t) * (t - x);
            else if (t > 0)
                sum += t * (Math.Log(t) - x);
        }

        return reduction == Reduction.Mean ? sum / target.Length : sum;
    }
}

/// <summary>How a probability is given.</summary>
public enum ProbabilityForm
{
    /// <summary>As itself.</summary>
    Probability,

    /// <summary>As its logarithm.</summary>
    Logarithm,
}
