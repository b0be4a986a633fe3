namespace Backprop;

public static partial class Losses
{
    /// <summary>
    /// −log of the probability that a sequence of distributions over classes spells the labels: summed over all ways to stretch them
    /// by repetition and by blanks. Graves, Fernández, Gomez and Schmidhuber, <em>Connectionist Temporal Classification</em>, 2006.
    /// </summary>
    /// <param name="logits">[times, batch, classes]; the distributions are their softmax.</param>
    /// <param name="labels">The labels of all sequences: rows of <paramref name="stride"/>, or one after another.</param>
    /// <param name="lengths">How many times of each sequence count; also the batch size.</param>
    /// <param name="labelLengths">How many labels each sequence has.</param>
    /// <param name="stride">From the labels of one sequence to those of the next; 0 when they stand one after another.</param>
    /// <param name="classes">Number of classes, the blank among them.</param>
    /// <param name="blank">The class that spells nothing.</param>
    /// <param name="impossible">What becomes of a sequence that is too short for its labels.</param>
    /// <param name="reduction">The mean over the batch is of losses divided by the number of labels (at least 1).</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double ConnectionistTemporal(
        ReadOnlySpan<double> logits,
        ReadOnlySpan<int> labels,
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<int> labelLengths,
        int stride,
        int classes,
        int blank,
        ImpossibleSequence impossible,
        Reduction reduction)
    {
        int batch = lengths.Length;
        if (labelLengths.Length != batch || batch == 0 || logits.Length % (batch * classes) != 0)
            throw new ArgumentException($"There are {batch} lengths, {labelLengths.Length} label lengths and {logits.Length} logits of {classes} classes.", nameof(lengths));
        double sum = 0;
        int start = 0;
        for (int n = 0; n < batch; n++)
        {
            // A state for each label and for the blank before, between and after them: even states are blanks.
            int states = 2 * labelLengths[n] + 1;
            double[] reached = new double[states];
            double[] next = new double[states];
            for (int t = 0; t < lengths[n]; t++)
            {
                int row = (t * batch + n) * classes;
                double highest = double.NegativeInfinity;
                for (int c = 0; c < classes; c++)
                    highest = Math.Max(highest, Gradient.Stop(logits[row + c]));
                double total = 0;
                for (int c = 0; c < classes; c++)
                    total += Math.Exp(logits[row + c] - highest);
                double logTotal = highest + Math.Log(total);

                for (int s = 0; s < states; s++)
                {
                    int label = s % 2 == 0 ? blank : labels[start + s / 2];
                    double stay, step = double.NegativeInfinity, skip = double.NegativeInfinity;
                    if (t == 0)
                        stay = s < 2 ? 0 : double.NegativeInfinity;
                    else
                    {
                        stay = reached[s];
                        if (s > 0)
                            step = reached[s - 1];

                        // Two equal labels need a blank between them.
                        if (s % 2 == 1 && s > 1 && label != labels[start + s / 2 - 1])
                            skip = reached[s - 2];
                    }

                    double best = Math.Max(Gradient.Stop(stay), Math.Max(Gradient.Stop(step), Gradient.Stop(skip)));
                    next[s] = double.IsNegativeInfinity(best)
                        ? best
                        : best + Math.Log(Math.Exp(stay - best) + Math.Exp(step - best) + Math.Exp(skip - best)) + logits[row + label] - logTotal;
                }

                for (int s = 0; s < states; s++)
                    reached[s] = next[s];
            }

            double last = reached[states - 1];
            double before = states > 1 ? reached[states - 2] : double.NegativeInfinity;
            double high = Math.Max(Gradient.Stop(last), Gradient.Stop(before));
            double loss = double.PositiveInfinity;
            if (!double.IsNegativeInfinity(high))
                loss = -high - Math.Log(Math.Exp(last - high) + Math.Exp(before - high));
            else if (impossible == ImpossibleSequence.Zero)
                loss = 0;
            sum += reduction == Reduction.Mean ? loss / Math.Max(labelLengths[n], 1) : loss;
            start += stride > 0 ? stride : labelLengths[n];
        }

        return reduction == Reduction.Mean ? sum / batch : sum;
    }
}

/// <summary>What a sequence that is too short for its labels contributes to a loss.</summary>
public enum ImpossibleSequence
{
    /// <summary>Infinity, as the formula says; its gradient is zero.</summary>
    Infinity,

    /// <summary>Nothing.</summary>
    Zero,
}
