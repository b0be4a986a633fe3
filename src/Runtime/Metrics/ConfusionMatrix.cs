namespace Backprop;

/// <summary>How often each class was taken for each other one. Its value as a metric is the mean F1 over the classes.</summary>
public sealed class ConfusionMatrix : IMetric
{
    private readonly double[] cells;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classes">Number of classes; 2 or more.</param>
    /// <param name="name">Name under which the value is reported.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
    public ConfusionMatrix(int classes, string name = "macro_f1")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Classes = classes;
        Name = name;
        cells = new double[classes * classes];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <inheritdoc/>
    public double Value => MacroF1;

    /// <summary>The mean of the classes' F1 scores; a class neither predicted nor present is left out.</summary>
    public double MacroF1
    {
        get
        {
            double sum = 0;
            int defined = 0;
            for (int c = 0; c < Classes; c++)
            {
                double whole = RowSum(c) + ColumnSum(c);
                if (whole > 0)
                {
                    sum += 2 * this[c, c] / whole;
                    defined++;
                }
            }

            return sum / defined;
        }
    }

    /// <summary>The total weight of the samples of one class that were taken for another.</summary>
    /// <param name="label">The right class.</param>
    /// <param name="predicted">The predicted class.</param>
    public double this[int label, int predicted]
    {
        get
        {
            MetricArguments.CheckLabel(label, Classes);
            MetricArguments.CheckLabel(predicted, Classes);
            return cells[(label * Classes) + predicted];
        }
    }

    /// <summary>The share of the samples predicted to be of a class that are; NaN when none was.</summary>
    public double Precision(int predicted) => this[predicted, predicted] / ColumnSum(predicted);

    /// <summary>The share of the samples of a class that were predicted to be; NaN when there was none.</summary>
    public double Recall(int label) => this[label, label] / RowSum(label);

    /// <summary>Adds a sample by the class predicted for it.</summary>
    /// <param name="predicted">The predicted class.</param>
    /// <param name="label">The right class.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range, or <paramref name="weight"/> is negative or
    /// not finite.</exception>
    public void Add(int predicted, int label, double weight = 1)
    {
        MetricArguments.CheckLabel(label, Classes);
        MetricArguments.CheckLabel(predicted, Classes);
        MetricArguments.CheckWeight(weight);
        cells[(label * Classes) + predicted] += weight;
    }

    /// <summary>Adds a sample by its scores. Of equal scores the first counts as the prediction.</summary>
    /// <param name="scores">One score a class.</param>
    /// <param name="label">The right class.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentException"><paramref name="scores"/> has not one score a class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is out of range, or <paramref name="weight"/> is negative or
    /// not finite.</exception>
    public void Add(ReadOnlySpan<float> scores, int label, double weight = 1)
    {
        if (scores.Length != Classes)
            throw new ArgumentException($"There are {scores.Length} scores for {Classes} classes.", nameof(scores));
        Add(MetricArguments.Largest(scores), label, weight);
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(cells);

    private double RowSum(int label)
    {
        double sum = 0;
        for (int predicted = 0; predicted < Classes; predicted++)
            sum += this[label, predicted];
        return sum;
    }

    private double ColumnSum(int predicted)
    {
        double sum = 0;
        for (int label = 0; label < Classes; label++)
            sum += this[label, predicted];
        return sum;
    }
}
