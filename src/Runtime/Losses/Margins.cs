namespace Backprop;

public static partial class Losses
{
    /// <summary>p where t = 1, max(0, m − p) where t = −1, of distances p.</summary>
    /// <param name="distance">p.</param>
    /// <param name="target">t, as many; not differentiated.</param>
    /// <param name="margin">m.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double HingeEmbedding(
        ReadOnlySpan<double> distance, [NoGradient] ReadOnlySpan<double> target, [NoGradient] double margin, Reduction reduction)
    {
        if (distance.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {distance.Length} distances.", nameof(target));
        double sum = 0;
        for (int i = 0; i < distance.Length; i++)
            sum += target[i] > 0 ? distance[i] : Math.Max(0, margin - distance[i]);
        return reduction == Reduction.Mean ? sum / distance.Length : sum;
    }

    /// <summary>1 − c where t = 1, max(0, c − m) where t = −1, of the cosine c between rows a and b.</summary>
    /// <param name="a">Rows of equal length; 10⁻¹² is added to the square of each norm.</param>
    /// <param name="b">Rows of the same length, as many.</param>
    /// <param name="target">t, one a row; not differentiated.</param>
    /// <param name="margin">m.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double CosineEmbedding(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        [NoGradient] ReadOnlySpan<double> target,
        [NoGradient] double margin,
        Reduction reduction)
    {
        if (a.Length != b.Length || target.Length == 0 || a.Length % target.Length != 0)
            throw new ArgumentException($"There are {target.Length} targets for {a.Length} and {b.Length} numbers.", nameof(target));
        int length = a.Length / target.Length;
        double sum = 0;
        for (int n = 0; n < target.Length; n++)
        {
            double dot = 0, squareA = 1e-12, squareB = 1e-12;
            for (int i = n * length; i < (n + 1) * length; i++)
            {
                dot += a[i] * b[i];
                squareA += a[i] * a[i];
                squareB += b[i] * b[i];
            }

            double cosine = dot / Math.Sqrt(squareA * squareB);
            sum += target[n] > 0 ? 1 - cosine : Math.Max(0, cosine - margin);
        }

        return reduction == Reduction.Mean ? sum / target.Length : sum;
    }

    /// <summary>max(0, d(a, p) − d(a, n) + m) with d(x, y) = ‖x − y + ε‖ in the norm of order q. Balntas et al., 2016.</summary>
    /// <param name="anchor">Rows a.</param>
    /// <param name="positive">Rows p that should be near.</param>
    /// <param name="negative">Rows n that should be far.</param>
    /// <param name="length">Length of a row.</param>
    /// <param name="margin">m.</param>
    /// <param name="order">q, 1 or more.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="form">Whether d(p, n) takes the place of d(a, n) where it is smaller.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    [Differentiable]
    public static double TripletMargin(
        ReadOnlySpan<double> anchor,
        ReadOnlySpan<double> positive,
        ReadOnlySpan<double> negative,
        int length,
        [NoGradient] double margin,
        [NoGradient] double order,
        [NoGradient] double epsilon,
        TripletForm form,
        Reduction reduction)
    {
        if (positive.Length != anchor.Length || negative.Length != anchor.Length || anchor.Length % length != 0)
            throw new ArgumentException($"There are {anchor.Length}, {positive.Length} and {negative.Length} numbers in rows of {length}.", nameof(length));
        int rows = anchor.Length / length;
        double sum = 0;
        for (int first = 0; first < anchor.Length; first += length)
        {
            double near = 0, far = 0, other = 0;
            for (int i = first; i < first + length; i++)
            {
                near += Math.Pow(Math.Abs(anchor[i] - positive[i] + epsilon), order);
                far += Math.Pow(Math.Abs(anchor[i] - negative[i] + epsilon), order);
                other += Math.Pow(Math.Abs(positive[i] - negative[i] + epsilon), order);
            }

            if (form == TripletForm.Swap && other < far)
                far = other;
            sum += Math.Max(0, Math.Pow(near, 1 / order) - Math.Pow(far, 1 / order) + margin);
        }

        return reduction == Reduction.Mean ? sum / rows : sum;
    }

    /// <summary>max(0, −t(a − b) + m): a should rank above b where t = 1, below where t = −1.</summary>
    /// <param name="a">Scores.</param>
    /// <param name="b">Scores, as many.</param>
    /// <param name="target">t, as many; not differentiated.</param>
    /// <param name="margin">m.</param>
    /// <param name="reduction">Mean or sum over the elements.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [Differentiable]
    public static double MarginRanking(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        [NoGradient] ReadOnlySpan<double> target,
        [NoGradient] double margin,
        Reduction reduction)
    {
        if (a.Length != target.Length || b.Length != target.Length)
            throw new ArgumentException($"There are {target.Length} targets for {a.Length} and {b.Length} scores.", nameof(target));
        double sum = 0;
        for (int i = 0; i < target.Length; i++)
            sum += Math.Max(0, -target[i] * (a[i] - b[i]) + margin);
        return reduction == Reduction.Mean ? sum / target.Length : sum;
    }

    /// <summary>Σ max(0, m − x_y + x_c)^q / classes over the classes c other than the label y of each row.</summary>
    /// <param name="scores">x: [rows, classes].</param>
    /// <param name="labels">y: one a row, from 0.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="margin">m.</param>
    /// <param name="order">q: 1 or 2.</param>
    /// <param name="reduction">Mean or sum over the rows.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not go together.</exception>
    /// <exception cref="IndexOutOfRangeException">A label is not that of a class.</exception>
    [Differentiable]
    public static double MultiMargin(
        ReadOnlySpan<double> scores, ReadOnlySpan<int> labels, int classes, [NoGradient] double margin, int order, Reduction reduction)
    {
        if (scores.Length != labels.Length * classes)
            throw new ArgumentException($"There are {labels.Length} labels for {scores.Length} scores of {classes} classes.", nameof(labels));
        double sum = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            for (int c = 0; c < classes; c++)
            {
                if (c == labels[n])
                    continue;
                double excess = Math.Max(0, margin - scores[n * classes + labels[n]] + scores[n * classes + c]);
                sum += order == 1 ? excess : excess * excess;
            }
        }

        sum /= classes;
        return reduction == Reduction.Mean ? sum / labels.Length : sum;
    }
}

/// <summary>Which pair of a triplet must be far apart.</summary>
public enum TripletForm
{
    /// <summary>Anchor and negative.</summary>
    Plain,

    /// <summary>The nearer to the negative of anchor and positive.</summary>
    Swap,
}
