using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests.Hygiene;

/// <summary>Emitted code compiles without a word from the compiler wherever the user's own does, and means what it should.</summary>
public sealed class HygieneTests
{
    private static readonly Dictionary<string, Consumer> consumers = new()
    {
        ["strict"] = new() { Nullable = NullableContextOptions.Enable },
        ["without nullable"] = new() { Nullable = NullableContextOptions.Disable },
        ["checked"] = new() { IsChecked = true },
        ["debug"] = new() { Optimization = OptimizationLevel.Debug },
        ["newest language"] = new() { Language = LanguageVersion.Preview },
    };

    public static TheoryData<string> Names => [.. HygieneCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Emitted_code_compiles_without_a_warning_in_every_project_with(string names)
    {
        foreach (Consumer consumer in consumers.Values)
        {
            consumer.Generate(HygieneCases.All[names]).CompilesCleanly();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_differentiable_method_has_its_file_with(string names)
    {
        string source = HygieneCases.All[names];
        Assert.Equal(source.Split("Differentiable]").Length - 1, new Consumer().Generate(source).Files);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_right_with(string names) => Probe.At(new Consumer().Generate(HygieneCases.All[names])).IsRight();

    [Theory]
    [InlineData("public static")]
    [InlineData("internal static")]
    public void Documentation_is_not_asked_of_the_user(string modifiers)
    {
        string source = $$"""
            using System;
            using Backprop;

            namespace Models;

            /// <summary>A model.</summary>
            public static partial class Model
            {
                /// <summary>Its loss.</summary>
                /// <param name="x">Inputs.</param>
                /// <param name="w">Weight.</param>
                /// <returns>The loss.</returns>
                [Differentiable]
                {{modifiers}} double Loss(ReadOnlySpan<double> x, double w)
                {
                    double y = w;
                    for (int i = 0; i < x.Length; i++)
                    {
                        y = Math.Exp(-y * x[i]);
                    }

                    return y;
                }
            }
            """;
        new Consumer { Documentation = DocumentationMode.Diagnose }.Generate(source).CompilesCleanly();
    }
}
