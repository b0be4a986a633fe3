namespace Backprop;

public static partial class Losses
{
    /// <inheritdoc cref="SquaredError(ReadOnlySpan{double}, ReadOnlySpan{double}, Reduction)"/>
    [Differentiable]
    public static float SquaredError(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        float sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            float error = prediction[i] - target[i];
            sum += error * error;
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <inheritdoc cref="AbsoluteError(ReadOnlySpan{double}, ReadOnlySpan{double}, Reduction)"/>
    [Differentiable]
    public static float AbsoluteError(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        float sum = 0;
        for (int i = 0; i < prediction.Length; i++)
            sum += MathF.Abs(prediction[i] - target[i]);
        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <inheritdoc cref="Huber(ReadOnlySpan{double}, ReadOnlySpan{double}, double, Reduction)"/>
    [Differentiable]
    public static float Huber(
        ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, [NoGradient] float delta, Reduction reduction)
    {
        if (prediction.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {prediction.Length} predictions.", nameof(target));
        float sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            float error = MathF.Abs(prediction[i] - target[i]);
            sum += error < delta ? 0.5f * error * error : delta * (error - 0.5f * delta);
        }

        return reduction == Reduction.Mean ? sum / prediction.Length : sum;
    }

    /// <inheritdoc cref="LogitBinaryCrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Reduction)"/>
    [Differentiable]
    public static float LogitBinaryCrossEntropy(
        ReadOnlySpan<float> logit,
        ReadOnlySpan<float> target,
        [NoGradient] ReadOnlySpan<float> weight,
        [NoGradient] ReadOnlySpan<float> positiveWeight,
        Reduction reduction)
    {
        if (logit.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {logit.Length} logits.", nameof(target));
        float sum = 0;
        for (int i = 0; i < logit.Length; i++)
        {
            float x = logit[i], t = target[i];
            float w = weight.Length == 0 ? 1 : weight[i % weight.Length];
            float q = positiveWeight.Length == 0 ? 1 : positiveWeight[i % positiveWeight.Length];
            float softplus = x >= 0 ? MathF.Log(1 + MathF.Exp(-x)) : MathF.Log(1 + MathF.Exp(x)) - x;
            sum += w * ((1 - t) * x + (1 + (q - 1) * t) * softplus);
        }

        return reduction == Reduction.Mean ? sum / logit.Length : sum;
    }

    /// <inheritdoc cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{int}, int, int, ReadOnlySpan{double}, double, int, Reduction)"/>
    [Differentiable]
    public static float CrossEntropy(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int classes,
        int positions,
        [NoGradient] ReadOnlySpan<float> weight,
        [NoGradient] float smoothing,
        int ignored,
        Reduction reduction)
    {
        if (logits.Length != labels.Length * classes)
            throw new ArgumentException($"There are {labels.Length} labels for {logits.Length} logits of {classes} classes.", nameof(labels));
        float sum = 0, weights = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            int label = labels[n];
            if (label == ignored)
                continue;
            int first = n / positions * classes * positions + n % positions;
            float highest = float.NegativeInfinity;
            for (int c = 0; c < classes; c++)
                highest = MathF.Max(highest, Gradient.Stop(logits[first + c * positions]));
            float total = 0;
            for (int c = 0; c < classes; c++)
                total += MathF.Exp(logits[first + c * positions] - highest);
            float logTotal = highest + MathF.Log(total);
            float w = weight.Length == 0 ? 1 : weight[label];
            weights += w;
            sum += (1 - smoothing) * w * (logTotal - logits[first + label * positions]);
            if (smoothing > 0)
            {
                float spread = 0;
                for (int c = 0; c < classes; c++)
                    spread += (weight.Length == 0 ? 1 : weight[c]) * (logTotal - logits[first + c * positions]);
                sum += smoothing / classes * spread;
            }
        }

        return reduction == Reduction.Mean ? sum / weights : sum;
    }
}
