namespace Backprop;

public static partial class Losses
{
    /// <summary>(p − t)².</summary>
    /// <param name="prediction">p.</param>
    /// <param name="target">t, as many.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double SquaredError(ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            double error = prediction[i] - target[i];
            sum += error * error;
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <summary>|p − t|; the slope at p = t is 0.</summary>
    /// <inheritdoc cref="SquaredError(ReadOnlySpan{double}, ReadOnlySpan{double}, Reduction)"/>
    [Differentiable]
    public static double AbsoluteError(ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
            sum += Math.Abs(prediction[i] - target[i]);
        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <summary>e²/2β where |e| = |p − t| is below β, |e| − β/2 elsewhere. Girshick, <em>Fast R-CNN</em>, 2015.</summary>
    /// <param name="prediction">p.</param>
    /// <param name="target">t, as many.</param>
    /// <param name="beta">β, above zero.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double SmoothAbsoluteError(
        ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, [NoGradient] double beta, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            double error = Math.Abs(prediction[i] - target[i]);
            sum += error < beta ? 0.5 * error * error / beta : error - 0.5 * beta;
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <summary>e²/2 where |e| = |p − t| is below δ, δ(|e| − δ/2) elsewhere. Huber, 1964.</summary>
    /// <param name="prediction">p.</param>
    /// <param name="target">t, as many.</param>
    /// <param name="delta">δ, above zero.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double Huber(
        ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, [NoGradient] double delta, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            double error = Math.Abs(prediction[i] - target[i]);
            sum += error < delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }
}
