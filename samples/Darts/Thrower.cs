using Backprop;

namespace Darts;

/// <summary>What a thrower can change: a model of six scalar leaves. The gradient of a thrower is a thrower.</summary>
/// <remarks>Written by hand what the generator will write for a type marked <c>[Differentiable]</c>.</remarks>
public sealed class Thrower : IDifferentiable<Thrower>
{
    private static readonly LeafInfo[] Leaves = [.. ((string[])
        [nameof(Speed), nameof(Elevation), nameof(Azimuth), nameof(Lean), nameof(Stance), nameof(Grip)])
        .Select(static name => new LeafInfo(name, [], typeof(double)))];

    private readonly double[] values = new double[Leaves.Length];

    /// <summary>Somebody who never threw a dart.</summary>
    public static Thrower Beginner()
    {
        var beginner = new Thrower();
        (beginner.Speed, beginner.Elevation, beginner.Azimuth) = (6.5, -0.06, 0.09);
        (beginner.Lean, beginner.Stance, beginner.Grip) = (0.15, -0.12, 0.10);
        return beginner;
    }

    public ref double Speed => ref values[0];

    public ref double Elevation => ref values[1];

    public ref double Azimuth => ref values[2];

    public ref double Lean => ref values[3];

    public ref double Stance => ref values[4];

    public ref double Grip => ref values[5];

    public Thrower ZerosLike() => new();

    public Thrower Clone()
    {
        var copy = new Thrower();
        values.CopyTo(copy.values, 0);
        return copy;
    }

    public void Clear() => Array.Clear(values);

    public void AddScaled(Thrower other, double scale)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += scale * other.values[i];
        }
    }

    public IReadOnlyList<LeafInfo> DescribeLeaves() => Leaves;

    public void VisitLeaves<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct
    {
        for (int i = 0; i < values.Length; i++)
        {
            visitor.Visit(values.AsSpan(i, 1));
        }
    }

    public void VisitLeaves<TVisitor>(Thrower other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        for (int i = 0; i < values.Length; i++)
        {
            visitor.Visit(values.AsSpan(i, 1), other.values.AsSpan(i, 1));
        }
    }
}
