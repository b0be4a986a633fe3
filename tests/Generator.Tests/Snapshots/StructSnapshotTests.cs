using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Tests.Snapshots;

/// <summary>What is emitted for methods that compute with structs, read by people.</summary>
public sealed class StructSnapshotTests
{
    private const string Vec = """
        public struct Vec
        {
            public double X, Y;
            public Vec(double x, double y) { X = x; Y = y; }
            public readonly double Norm => Math.Sqrt(X * X + Y * Y);
            public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y);
            public static Vec operator *(double s, Vec a) => new(s * a.X, s * a.Y);
        }

        public record struct Point(double X, double Y);
        """;

    private static readonly Dictionary<string, string> sources = new()
    {
        ["Operators"] = InModels("""
            [Differentiable]
            public static double Length(double s, Vec v)
            {
                Vec w = s * v + v;
                return w.Norm * w.X;
            }
            """),
        ["Orbit"] = InModels("""
            [Differentiable]
            public static Vec Fly(Vec position, Vec velocity, double step, int steps)
            {
                for (int i = 0; i < steps; i++)
                {
                    velocity += -step / (1 + position.Norm) * position;
                    position += step * velocity;
                }

                return position;
            }
            """),
        ["Particles"] = InModels("""
            [Differentiable]
            public static double Push(Span<Vec> positions, ReadOnlySpan<Point> forces, double step)
            {
                double energy = 0;
                for (int i = 0; i < positions.Length; i++)
                {
                    ref Vec p = ref positions[i];
                    p.X += step * forces[i].X;
                    p.Y += step * forces[i].Y;
                    energy += p.X * p.X + p.Y * p.Y;
                }

                return energy;
            }
            """),
        ["Renewed"] = InModels("""
            [Differentiable]
            public static void Turn(ref Point p, ref Vec v, double angle)
            {
                (double s, double c) = Math.SinCos(angle);
                p = new Point(c * p.X - s * p.Y, s * p.X + c * p.Y);
                v.X *= p.X;
            }
            """),
        ["Filter"] = """
            using System;
            using Backprop;

            namespace Models;

            public partial struct Filter
            {
                private readonly double gain;
                private double state;

                public Filter(double gain) => this.gain = gain;

                [Differentiable]
                public double Next(double x)
                {
                    state += gain * (x - state);
                    return state * state;
                }
            }

            """,
        ["Hidden"] = InModels("""
            public readonly struct Interval
            {
                private readonly double low, width;
                public Interval(double low, double high) { this.low = low; width = high - low; }
                public double Middle => low + width / 2;
                public double High => low + width;
            }

            [Differentiable]
            public static Interval Narrow(Interval i, double by) => new(i.Middle - by, i.High);
            """),
    };

    public static TheoryData<string> Names => [.. sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Emitted_code_is(string name) => Snapshot.Match(new Consumer().Generate(sources[name]).Text, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_compiles_without_a_warning(string name)
    {
        new Consumer().Generate(sources[name]).CompilesCleanly();
        new Consumer { IsChecked = true, Nullable = NullableContextOptions.Disable }.Generate(sources[name]).CompilesCleanly();
        new Consumer { Optimization = OptimizationLevel.Debug }.Generate(sources[name]).CompilesCleanly();
    }

    private static string InModels(string members) => $$"""
        using System;
        using Backprop;

        namespace Models;

        {{Vec}}

        public static partial class Bodies
        {
            {{members.ReplaceLineEndings("\n    ").Replace("\n    \n", "\n\n", StringComparison.Ordinal)}}
        }

        """.ReplaceLineEndings("\n");
}
