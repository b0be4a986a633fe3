namespace Backprop.Generator.Tests.Snapshots;

/// <summary>What is emitted for whole types, read by people; it compiles wherever its type does.</summary>
public sealed class ModelSnapshotTests
{
    private const string Head = """
        using System.Collections.Generic;
        using System.Numerics;
        using Backprop;

        namespace Models;


        """;

    private static readonly Dictionary<string, string> examples = new()
    {
        ["Mlp"] = """
            [Differentiable]
            public sealed partial class Mlp
            {
                public float[,] W = new float[3, 2];
                public float[] B = new float[3];
                private readonly double[][] tables = [];

                public double Scale { get; init; } = 1;

                [NoGradient]
                public float[] Mean = [];

                public int Depth;
            }
            """,
        ["Network"] = """
            [Differentiable]
            public partial class Network
            {
                public Layer[] Layers = [];
                public Dictionary<string, Layer> Heads = [];
            }

            [Differentiable]
            public sealed partial class DeepNetwork : Network
            {
                public List<Layer[]> More = [];
            }

            [Differentiable]
            public sealed partial class Layer
            {
                public double[]? W;
            }
            """,
        ["Particle"] = """
            [Differentiable]
            public partial struct Particle
            {
                public Vector3 Position;
                public (double Time, float Charge) State;

                public Spin Spin { get; private set; }
            }

            public readonly record struct Spin(double Angle, float Rate);
            """,
        ["Generic"] = """
            public static partial class Layers<T>
                where T : IFloatingPointIeee754<T>
            {
                [Differentiable]
                public sealed partial record Dense(T[] W, T B, string Name);
            }
            """,
    };

    public static TheoryData<string> Names => [.. examples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Emitted_code_is(string example) => Snapshot.Match(new Consumer().Generate(Head + examples[example]).CompilesCleanly().Text, example);
}
