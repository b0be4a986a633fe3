namespace Backprop;

/// <summary>What is checked: a function of a vector, and its backward pass.</summary>
/// <param name="arguments">The parameters, whose numbers make up the vector.</param>
/// <param name="value">The primal.</param>
/// <param name="backward">Adds the gradient at its first argument to its second and returns the primal's value.</param>
internal sealed class CheckedFunction(IReadOnlyList<CheckedArgument> arguments, Func<double[], double> value, Func<double[], double[], double> backward)
{
    private readonly (LeafInfo Leaf, int Start)[] leaves = Place(arguments);

    /// <summary>The point.</summary>
    public double[] Point { get; } = [.. arguments.SelectMany(static a => a.Numbers)];

    /// <summary>Every leaf, and where its numbers begin.</summary>
    public IReadOnlyList<(LeafInfo Leaf, int Start)> Leaves => leaves;

    /// <summary>How often the primal ran.</summary>
    public int Evaluations { get; private set; }

    public double Value(double[] x)
    {
        Evaluations++;
        return value(x);
    }

    /// <summary>The value, and the gradient added to a vector that holds one number everywhere.</summary>
    public (double Value, double[] Gradient) Backward(double start)
    {
        double[] gradient = new double[Point.Length];
        Array.Fill(gradient, start);
        return (backward(Point, gradient), gradient);
    }

    /// <summary>The leaf that holds a number of the vector, and its place there.</summary>
    public (LeafInfo Leaf, int Index) Locate(int number)
    {
        (LeafInfo leaf, int start) = leaves.Last(l => l.Start <= number && number < l.Start + l.Leaf.Length);
        return (leaf, number - start);
    }

    public bool IsSingle(int number) => Locate(number).Leaf.ElementType == typeof(float);

    private static (LeafInfo Leaf, int Start)[] Place(IReadOnlyList<CheckedArgument> arguments)
    {
        var placed = new List<(LeafInfo, int)>();
        int start = 0;
        foreach (LeafInfo leaf in arguments.SelectMany(static a => a.Leaves))
        {
            placed.Add((leaf, start));
            start += leaf.Length;
        }

        return [.. placed];
    }
}
