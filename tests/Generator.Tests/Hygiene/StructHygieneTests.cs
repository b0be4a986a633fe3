using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests.Hygiene;

/// <summary>Structs whose names and declarations could meet those of emitted code.</summary>
public sealed class StructHygieneTests
{
    private static readonly Consumer[] consumers =
    [
        new(),
        new() { Nullable = NullableContextOptions.Disable },
        new() { IsChecked = true },
        new() { Optimization = OptimizationLevel.Debug },
        new() { Language = LanguageVersion.Preview },
    ];

    private const string Closed = """
        public struct Closed
        {
            private double a;
            public double B;
            public Closed(double x) { a = x; B = x; }
            public readonly double Sum => a + B;
        }

        """;

    private static readonly Dictionary<string, string> sources = new()
    {
        ["parameters with names of parts"] = In("public static partial class C", """
            public struct V { public double X, Y; }

            [Differentiable]
            public static double F(V a, double aX, double dAX, double aX1, V dA) { a.X *= aX * dAX; return a.X * a.Y * aX1 + dA.X; }
            """),
        ["keywords as fields"] = In("public static partial class C", """
            public struct @struct { public double @class, @this, value; }

            [Differentiable]
            public static @struct F(ref @struct @ref, Span<@struct> @in, double @out) { @ref.@class *= @out; @in[0].@this = @ref.value; return @ref; }
            """),
        ["fields with names of types and members"] = In("public static partial class C", """
            public struct Math { public double Span, Require, Math1; }

            [Differentiable]
            public static double F(Math m, ReadOnlySpan<Math> Span) => m.Span * System.Math.Exp(m.Require) * Span[0].Math1;
            """),
        ["well-known types of the user"] = In("public static partial class C", Closed + """
            public static class Unsafe { }
            public class UnsafeAccessorAttribute : Attribute { }
            public enum UnsafeAccessorKind { None }

            [Differentiable]
            public static Closed F(Closed c, double x) => new(c.Sum * x);
            """),
        ["members with names of accessors"] = In("public static partial class C", Closed + """
            public static double FClosedA(Closed c) => 1;
            public static double F2ClosedA => 2;

            [Differentiable]
            public static double F(Closed c, double x) => c.Sum * x;

            [Differentiable]
            public static double F(Closed c) => c.Sum;
            """),
        ["generic containing types"] = In("public partial class Outer<T>", """
            public partial struct Inner
            {
                private double a;
                private readonly double b;
                [NoGradient] public T Tag;

                [Differentiable]
                public double F(double x) { a *= x; return a * b; }
            }
            """),
        ["nullable references in structs"] = "#nullable enable\n" + In("public static partial class C", """
            public record struct Named(string? Name, double X) { public object? Tag { get; init; } = null; }
            public struct Plain { public string? Name; public double X; }

            [Differentiable]
            public static Plain F(Plain p, double x) => p with { X = p.X * x, Name = p.Name ?? "" };
            """),
        ["a readonly record struct with a method"] = In("public readonly partial record struct Gauss(double Mean, double Deviation)", """
            [Differentiable]
            public double Density(double x) => Math.Exp(-(x - Mean) * (x - Mean) / Deviation);
            """),
    };

    public static TheoryData<string> Names => [.. sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Emitted_code_compiles_without_a_warning_in_every_project_with(string names)
    {
        foreach (Consumer consumer in consumers)
        {
            Assert.NotEqual(0, consumer.Generate(sources[names]).CompilesCleanly().Files);
        }
    }

    private static string In(string type, string members) => $$"""
        using System;
        using Backprop;

        namespace Models;

        {{type}}
        {
        {{members}}
        }

        """;
}
