using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Tests.Frontend;

/// <summary>What makes a method be lowered again while its own file stays as it is.</summary>
public sealed class LoweringMemoTests
{
    private const string Marked = """
        using System;
        using Backprop;
        using Elsewhere;

        public static partial class Curves
        {
            [Differentiable]
            public static double Bend(double x) => Prices.Half(3) * x;

            [Differentiable]
            public static partial double Turn(double x);
        }
        """;

    private const string Other = """
        using Backprop;
        using Half = System.Single;
        #nullable enable

        namespace Elsewhere
        {
            internal static class Prices
            {
                public const double Rate = 1.5;
                public static readonly string Label = $"rate {Rate} or";

                static Prices() => Label = "none";

                [NoGradient]
                public static double Half(int x) => x + x;

                public static double Next(int x)
                {
                    // next
                    return x + 1;
                }
            }

            internal enum Side { Left, Right = 7 }

            internal struct Span(double low)
            {
                public double Low() => 0;
            }

            internal readonly record struct Money(double Amount)
            {
                public double Cents => Amount * 100;

                public double this[int i] { get { return i * Amount; } }

                public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount);

                public static implicit operator Money(double amount) => new(amount * 2);
            }
        }

        public static partial class Curves
        {
            public static partial double Turn(double x) => x * 5;
        }
        """;

    private static readonly Consumer consumer = new();

    [Theory]
    [InlineData("the body of a method", "return x + 1", "return x + 2")]
    [InlineData("an expression that is a body", "x + x", "2 * x")]
    [InlineData("a body that grows", "return x + 1;", "int y = x; return y + 1;")]
    [InlineData("a comment in a body", "// next", "// the next")]
    [InlineData("a comment between members", "    internal enum", "    // sides\n    internal enum")]
    [InlineData("documentation", "    internal enum", "    /// <summary>Sides.</summary>\n    internal enum")]
    [InlineData("white space", "1.5", "  1.5")]
    [InlineData("nothing", "1.5", "1.5")]
    public void A_method_is_not_lowered_again_after_an_edit_in_another_file_of(string edit, string before, string after)
        => Assert.True(Lowerings(Other.Replace(before, after)) == 1, edit);

    [Theory]
    [InlineData("a constant", "1.5", "2.5")]
    [InlineData("a field's initialiser", "\"rate {", "\"Rate {")]
    [InlineData("the end of an interpolated text", " or\"", " and\"")]
    [InlineData("a static constructor", "\"none\"", "\"any\"")]
    [InlineData("the value of an enum member", "7", "8")]
    [InlineData("the order of enum members", "Left, Right = 7", "Right = 7, Left")]
    [InlineData("a property's body", "Amount * 100", "Amount * 10")]
    [InlineData("an indexer's body", "i * Amount", "Amount / i")]
    [InlineData("an operator's body", "left.Amount + right.Amount", "left.Amount - right.Amount")]
    [InlineData("a conversion's body", "amount * 2", "amount * 3")]
    [InlineData("the body of a partial method", "x * 5", "x * 6")]
    [InlineData("the body of a method of a struct", "Low() => 0", "Low() => low")]
    [InlineData("a parameter's type", "Half(int x)", "Half(double x)")]
    [InlineData("a result's type", "double Half", "float Half")]
    [InlineData("a method's name", "Next", "After")]
    [InlineData("an attribute", "[NoGradient]", "[Differentiable]")]
    [InlineData("a modifier", "public static double Next", "private static double Next")]
    [InlineData("a using", "System.Single", "System.Double")]
    [InlineData("a global using", "using Backprop;", "global using System.IO;\nusing Backprop;")]
    [InlineData("the nullable context", "#nullable enable", "#nullable disable")]
    [InlineData("the nullable context in a body", "// next", "#nullable disable\n// next")]
    [InlineData("a base type", "static class Prices", "static class Price")]
    [InlineData("a new type", "    internal enum", "    internal class Math;\n    internal enum")]
    [InlineData("a condition", "    internal enum", "#if DEBUG\n    internal class Math;\n#endif\n#if !DEBUG\n    internal class Maths;\n#endif\n    internal enum")]
    public void A_method_is_lowered_again_after_an_edit_in_another_file_of(string edit, string before, string after)
    {
        Assert.Contains(before, Other);
        Assert.True(Lowerings(Other.Replace(before, after)) == 2, edit);
    }

    [Theory]
    [InlineData("the body that it looked at", "return x + 1", "return x + 2", 2)]
    [InlineData("a comment there", "// next", "// the next", 2)]
    [InlineData("nothing", "1.5", "1.5", 1)]
    public void A_method_is_lowered_again_after_an_edit_of_a_file_in_which_it_looked_at_a_body(string edit, string before, string after, int lowerings)
    {
        string marked = Marked.Replace("Prices.Half(3)", "Prices.Next(3)");
        CSharpCompilation compilation = consumer.Compile(marked, Other);
        Counter counter = new(static (declaration, model) => Lowering.Lower(model.GetDeclaredSymbol(declaration)!, declaration, model, CancellationToken.None));
        counter.Lower(compilation);
        counter.Lower(before == after ? compilation : compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], consumer.Compile(marked, Other.Replace(before, after)).SyntaxTrees[1]));
        Assert.True(counter.Lowerings == lowerings, edit);
    }

    [Fact]
    public void A_method_is_lowered_again_when_its_own_file_was_parsed_anew()
    {
        CSharpCompilation compilation = consumer.Compile(Marked, Other);
        Counter counter = new();
        counter.Lower(compilation);
        counter.Lower(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], consumer.Compile(Marked).SyntaxTrees[0]));
        Assert.Equal(2, counter.Lowerings);
    }

    public static TheoryData<string> Rests => [.. rests.Keys];

    private static readonly Dictionary<string, Func<CSharpCompilation, CSharpCompilation>> rests = new()
    {
        ["options"] = compilation => compilation.WithOptions(compilation.Options.WithOverflowChecks(!compilation.Options.CheckOverflow)),
        ["references"] = compilation => compilation.RemoveReferences(compilation.References.Last()),
        ["name"] = compilation => compilation.WithAssemblyName("Another"),
        ["a file more"] = compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("", (CSharpParseOptions)compilation.SyntaxTrees[0].Options)),
        ["a file less"] = compilation => compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]),
        ["the path of a file"] = compilation => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], compilation.SyntaxTrees[1].WithFilePath("Another.cs")),
    };

    [Theory]
    [MemberData(nameof(Rests))]
    public void A_method_is_lowered_again_after_a_change_of(string what)
    {
        CSharpCompilation compilation = consumer.Compile(Marked, Other);
        Counter counter = new();
        counter.Lower(compilation);
        counter.Lower(rests[what](compilation));
        Assert.Equal(2, counter.Lowerings);
    }

    [Fact]
    public void What_was_lowered_before_an_edit_is_not_taken_for_what_is_lowered_after_the_next()
    {
        CSharpCompilation first = consumer.Compile(Marked, Other);
        CSharpCompilation second = With(first, Other.Replace("1.5", "2.5"));
        Counter counter = new();
        counter.Lower(first);
        counter.Lower(second);
        counter.Lower(With(second, Other.Replace("1.5", "2.5").Replace("x + x", "2 * x")));
        Assert.Equal(2, counter.Lowerings);
        counter.Lower(With(second, Other));
        Assert.Equal(3, counter.Lowerings);
    }

    [Fact]
    public void A_cancelled_comparison_leaves_nothing_behind()
    {
        CSharpCompilation compilation = consumer.Compile(Marked, Other);
        CSharpCompilation edited = With(compilation, Other.Replace("1.5", "2.5"));
        Counter counter = new();
        counter.Lower(compilation);
        Assert.ThrowsAny<OperationCanceledException>(() => counter.Lower(edited, new CancellationToken(canceled: true)));
        counter.Lower(edited);
        Assert.Equal(2, counter.Lowerings);
    }

    [Theory]
    [InlineData("1.5", "2.5", "2.5")]
    [InlineData("Half(int x)", "Half(double x)", "3.0")]
    [InlineData("x * 5", "x * 613", "613")]
    public void The_text_follows_an_edit_in_another_file(string before, string after, string expected)
    {
        string marked = Marked.Replace("Prices.Half(3)", "Prices.Rate * Prices.Half(3)");
        CSharpCompilation compilation = consumer.Compile(marked, Other);
        CSharpCompilation edited = With(compilation, Other.Replace(before, after));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        driver = driver.RunGenerators(compilation);
        string first = Text(driver), again = Text(driver = driver.RunGenerators(edited));
        Assert.DoesNotContain(expected, first);
        Assert.Contains(expected, again);
        Assert.Equal(Text(CSharpGeneratorDriver.Create(new DifferentiableGenerator()).RunGenerators(edited)), again);
    }

    private static string Text(GeneratorDriver driver) => string.Join("\n", driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()));

    private static CSharpCompilation With(CSharpCompilation compilation, string other)
        => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], consumer.Compile(Marked, other).SyntaxTrees[1]);

    private static int Lowerings(string edited)
    {
        CSharpCompilation compilation = consumer.Compile(Marked, Other);
        Counter counter = new();
        counter.Lower(compilation);
        counter.Lower(With(compilation, edited));
        return counter.Lowerings;
    }

    /// <summary>Counts how often the memo asks for the first method of the first file.</summary>
    private sealed class Counter(Func<MethodDeclarationSyntax, SemanticModel, LoweredMethod>? lower = null)
    {
        private readonly LoweringMemo memo = new();

        public int Lowerings { get; private set; }

        public void Lower(CSharpCompilation compilation, CancellationToken cancellation = default)
        {
            MethodDeclarationSyntax declaration = compilation.SyntaxTrees[0].GetRoot(CancellationToken.None).DescendantNodes().OfType<MethodDeclarationSyntax>().First();
            memo.Lower(declaration, compilation, () => { Lowerings++; return lower?.Invoke(declaration, compilation.GetSemanticModel(declaration.SyntaxTree)); }, cancellation);
        }
    }
}
