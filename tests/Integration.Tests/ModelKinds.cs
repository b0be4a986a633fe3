using System.Numerics;

namespace Backprop.Integration.Models;

/// <summary>Numbers and arrays, public and private, fields and properties.</summary>
[Differentiable]
public sealed partial class PlainModel
{
    public const int Inputs = 2;
    public static double Shared = 7;

    public float[] W = [1, 2, 3];
    public double Bias = 4;
    private readonly double[] hidden = [5, 6];
    public readonly double Fixed = 7;

    public double Rate { get; set; } = 8;

    public float Limit { get; } = 9;

    public double[,] Table { get; init; } = { { 10, 11 }, { 12, 13 } };

    public float[,,] Cube = new float[1, 2, 1];
    public double[][] Jagged = [[14], [15, 16]];
    public double[]? Missing;

    [NoGradient]
    public float[] Mean = [0.5f];

    public int Depth = 3;
    public string Name = "plain";
    public int[] Counts = [1, 2];
    public event Action? Changed;

    public double Sum => W[0] + hidden[0];

    public void Raise() => Changed?.Invoke();

    public double Hidden(int index) => hidden[index];
}

/// <summary>A layer, in other models.</summary>
[Differentiable]
public sealed partial class Layer
{
    public double[] W;
    public double B;

    public Layer(double[] w, double b) => (W, B) = (w, b);
}

/// <summary>Models in collections.</summary>
[Differentiable]
public sealed partial class Network
{
    public Layer First = new([1], 2);
    public Layer?[] Layers = [new([3], 4), null, new([5, 6], 7)];
    public List<Layer> More = [new([8], 9)];
    public Dictionary<string, Layer> Heads = new() { ["b"] = new([10], 11), ["a"] = new([12], 13) };
    public Dictionary<int, double[]> Tables = new() { [10] = [14], [-2] = [15] };
    public Dictionary<Kind, double> Rates = new() { [Kind.Slow] = 16, [Kind.Fast] = 17 };
    public List<double> Numbers = [18, 19];
    public List<Dictionary<string, float[][]>> Deep = [new() { ["x\"y"] = [[20], [21]] }];
    public Layer[][] Grid = [[new([22], 23)], []];
    public Layer? None;
}

public enum Kind { Fast, Slow }

public record struct Particle(double Mass, Vector3 Position, string Name);

public struct Weights
{
    public double A, B;
}

/// <summary>Structs with numbers.</summary>
[Differentiable]
public sealed partial class Structs
{
    public Vector3 Position = new(1, 2, 3);
    public Quaternion Rotation { get; set; } = new(4, 5, 6, 7);
    public Complex Amplitude = new(8, 9);
    public (double Low, double High) Range = (10, 11);
    public (double Time, float Value) Mixed = (12, 13);
    public Weights Weights = new() { A = 14, B = 15 };
    public Particle Particle = new(16, new(17, 18, 19), "p");
    public Vector2[] Points = [new(20, 21), new(22, 23)];
    public List<Weights> All = [new() { A = 24, B = 25 }];
    public Particle[] Swarm = [new(26, new(27, 28, 29), "q")];
    public Dictionary<string, Vector2> Named = new() { ["v"] = new(30, 31) };
    public Part Part = new() { Scale = 32, W = [33] };
    public Part[] Parts = [new() { Scale = 34, W = [35] }];
    public List<Part> PartList = [new() { Scale = 36, W = [37] }];
    public Dictionary<string, Part> PartTable = new() { ["p"] = new() { Scale = 38, W = [39] } };
    public Matrix3x2 Turn = Matrix3x2.Identity;
}

/// <summary>A struct that is a model.</summary>
[Differentiable]
public partial struct Part
{
    public double Scale;
    public double[] W;

    public float Gain { get; private set; }

    [NoGradient]
    public double[]? Fixed;
}

[Differentiable]
public partial record struct Bounds(double Low, double High, [NoGradient] double Step);

[Differentiable]
public abstract partial class Module
{
    public double Scale = 1;
    private readonly double[] own = [2];

    public double[] Own => own;

    public abstract double Apply(double x);
}

[Differentiable]
public partial class Dense : Module
{
    public double[] W = [3, 4];

    public override double Apply(double x) => Scale * x * W[0];
}

[Differentiable]
public sealed partial class Gated : Dense
{
    public double Gate = 5;
}

[Differentiable]
public sealed partial class Tanh : Module
{
    public int Calls;

    public override double Apply(double x) => Scale * Math.Tanh(x);
}

[Differentiable]
public sealed partial class Stack
{
    public Module[] Modules = [new Dense(), new Tanh(), new Gated()];
    public Dense[] Covariant = new Gated[] { new() };
}

[Differentiable]
public partial record Settings(double Rate, [NoGradient] double Cold, float[] Table)
{
    public double Extra { get; init; } = 4;
}

[Differentiable]
public sealed partial record FineSettings(double Rate, double Cold, float[] Table, double Fine) : Settings(Rate, Cold, Table);

[Differentiable]
public partial class GenericLayer<T>
    where T : IFloatingPointIeee754<T>
{
    public T[] W = [T.One];

    public T B { get; init; } = T.CreateChecked(2);

    public readonly T C = T.CreateChecked(3);
    public (T, T) Pair = (T.CreateChecked(4), T.CreateChecked(5));
}

[Differentiable]
public sealed partial class GenericNetwork<T, TVisitor>
    where T : IFloatingPointIeee754<T>
    where TVisitor : class, IDifferentiable<TVisitor>
{
    public GenericLayer<T> Layer = new();
    public GenericLayer<float> Single = new();
    public TVisitor? Other;
    public List<TVisitor> Others = [];
}

public static partial class Outer<T>
{
    [Differentiable]
    public sealed partial class Inner
    {
        public double X { get; } = 1;

        internal partial struct Deep
        {
            [Differentiable]
            internal sealed partial class @class
            {
                public double @double = 2;
                internal double other = 3, walk = 4, visitor = 5;
                internal double[] copies = [6];
                internal double[] i = [7];
            }
        }
    }
}

/// <summary>No constructor may run.</summary>
[Differentiable]
public sealed partial class Guarded
{
    private static int made;

    public static int Made => made;

    public required double[] W { get; init; }

    public Guarded(int size)
    {
        made++;
        ArgumentOutOfRangeException.ThrowIfNegative(size);
    }
}

[Differentiable]
public sealed partial class Node
{
    public double Value;
    public Node? Next;
    public List<Node> Links = [];
}

[Differentiable]
public sealed partial class Primary(double start, int count)
{
    public double Start = start;

    public int Count => count;
}

/// <summary>Written by hand, and used by a generated one.</summary>
public sealed class Handmade : IDifferentiable<Handmade>
{
    public double[] Numbers = [1, 2];

    public Handmade ZerosLike() => new() { Numbers = new double[Numbers.Length] };

    public Handmade Clone() => new() { Numbers = [.. Numbers] };

    public void Clear() => Array.Clear(Numbers);

    public void AddScaled(Handmade other, double scale)
    {
        for (int i = 0; i < Numbers.Length; i++)
        {
            Numbers[i] += scale * other.Numbers[i];
        }
    }

    public IReadOnlyList<LeafInfo> DescribeLeaves() => [new("Numbers", [Numbers.Length], typeof(double))];

    public void VisitLeaves<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct => visitor.Visit(Numbers.AsSpan());

    public void VisitLeaves<TVisitor>(Handmade other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => visitor.Visit(Numbers.AsSpan(), other.Numbers.AsSpan());
}

[Differentiable]
public sealed partial class AroundHandmade
{
    public Handmade Own = new();
    public List<Handmade> Owned = [new()];
}

/// <summary>Names that the interface wants are taken.</summary>
[Differentiable]
public partial class Busy
{
    public double X = 1;
    public double Clone = 2;
    public double[] Leaves = [3];

    public int Clear(int n) => n;

    public int VisitLeaves => 4;
}

[Differentiable]
public sealed partial class Busier : Busy
{
    public double Y = 5;
}
