using System.Numerics;

namespace Backprop.Fuzz.Interpret;

/// <summary>An operator or a member of <c>Vector2</c> and <c>Vector3</c>: its value as .NET computes it, and its derivatives.</summary>
/// <param name="Text">How C# writes it, of its arguments; V stands for the type.</param>
/// <param name="Takes">A letter an argument: v for a vector, s for a number, c for a number that is not zero.</param>
/// <param name="Slopes">The derivative of each number of the result by each number of the arguments, one argument after the other.</param>
public sealed record VectorFunction(string Name, string Text, string Takes, Func<Vector2[], Vector2> Two, Func<Vector3[], Vector3> Three, Func<double[][], double[][]> Slopes)
{
    /// <summary>The result is one number, the first of what the functions give.</summary>
    public bool GivesNumber { get; init; }

    /// <summary>How far the arguments are from a kink, and on which side.</summary>
    public Func<double[][], (double Margin, int Side)>? Kink { get; init; }

    /// <summary>The numbers of the result; a number is an argument whose components are all the same.</summary>
    public double[] Value(double[][] arguments, int size)
    {
        double[] all = size == 2 ? Numbers(Two([.. arguments.Select(a => new Vector2((float)a[0], (float)a[^1]))])) : Numbers(Three([.. arguments.Select(a => a.Length == 1 ? new Vector3((float)a[0]) : new Vector3((float)a[0], (float)a[1], (float)a[2]))]));
        return GivesNumber ? all[..1] : all;
    }

    private static double[] Numbers(Vector2 v) => [v.X, v.Y];

    private static double[] Numbers(Vector3 v) => [v.X, v.Y, v.Z];
}
