using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>
/// A compiler that finds declarations wrong prints that alone, and no analyzer's message. So where declarations are wrong because of what was not written, the
/// generator says why, and nowhere else, lest it be said twice.
/// </summary>
public sealed class UnheardTests
{
    private const string Law = "using Backprop; partial interface ILaw { [Differentiable] double F(double x); } ";
    private const string Shape = "using Backprop; abstract partial class Shape { [Differentiable] public abstract double F(double x); [Differentiable] public virtual double G(double x) => x; } ";
    private const string Endless = "{ again: x *= 2; if (x < 3) goto again; return x; }";
    private const string Bad = $"static partial class C {{ [Differentiable] public static double Bad(double x) {Endless} }} ";

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, DiagnosticCases.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_diagnostic_is_heard(int number)
    {
        DiagnosticCase test = DiagnosticCases.All[number];
        int start = test.Fires.IndexOf("[|", StringComparison.Ordinal);
        (ImmutableArray<Diagnostic> told, IEnumerable<string> broken) = Build(test.Fires.Replace("[|", "").Replace("|]", ""));
        Assert.True(!broken.Any() || told.Any(d => d.Id == test.Id && d.Location.SourceSpan.Start == start), $"{test.Id} {test.Fires}\n{string.Join("\n", broken)}");
        Assert.True(broken.Any() || told.IsEmpty, $"{test.Id} {test.Fires}\n{string.Join("\n", told)}");
    }

    [Theory]
    [InlineData("a body that cannot be reversed", Law + "partial class A : ILaw { [Differentiable] public double F(double x) " + Endless + " }", "BPG101 BPG101")]
    [InlineData("a callee that cannot be reversed", Law + Bad + "partial class A : ILaw { [Differentiable] public double F(double x) => C.Bad(x); }", "BPG101 BPG101")]
    [InlineData("a callee of a callee", Law + Bad + "static partial class M { [Differentiable] public static double Mid(double x) => C.Bad(x); } partial class A : ILaw { [Differentiable] public double F(double x) => M.Mid(x); }", "BPG101 BPG101")]
    [InlineData("a type that is not partial", Shape + "class A : Shape { [Differentiable] public override double F(double x) => x; }", "BPG001")]
    [InlineData("a type in one that is not partial", Shape + "class O { partial class A : Shape { [Differentiable] public override double F(double x) => x; } }", "BPG001")]
    [InlineData("a class above the one that lacks members", Shape + "abstract class H : Shape { public override double F(double x) => x; } class A : H { } class B : H { }", "BPG017")]
    [InlineData("two names of which only the nearer has no mark", Shape + "partial class H : Shape { [Differentiable] public override double F(double x) => x; } class A : H { public override double F(double x) => 2 * x; }", "")]
    [InlineData("an abstract class", Shape + "abstract class H : Shape { public override double F(double x) => x; }", "")]
    [InlineData("a class that has its member from the one above", Law + "partial class B : ILaw { [Differentiable] public virtual double F(double x) => x; } class A : B, ILaw { }", "")]
    [InlineData("a generic class", "using Backprop; [Differentiable] abstract partial class S<T> { [Differentiable] public abstract double F(double x, [NoGradient] T t); } [Differentiable] partial class A : S<int> { public override double F(double x, int t) => x; }", "BPG017")]
    [InlineData("a generic method of an interface", "using Backprop; partial interface I { [Differentiable] T F<T>(T x) where T : System.Numerics.IFloatingPointIeee754<T>; } class A : I { public T F<T>(T x) where T : System.Numerics.IFloatingPointIeee754<T> => x; }", "BPG017")]
    [InlineData("an interface that is refused itself", "using Backprop; partial interface I<T> { [Differentiable] double F(double x, [NoGradient] T t); } partial struct A : I<int> { [Differentiable] public double F(double x, int t) => x * t; }", "")]
    [InlineData("an interface of an interface", Law + "interface IMore : ILaw { } class A : IMore { public double F(double x) => x; }", "BPG017")]
    [InlineData("an interface that is not partial, and so has no more members", "using Backprop; interface ILaw { [Differentiable] double F(double x); } class A : ILaw { public double F(double x) => x; }", "")]
    [InlineData("a type in two parts", Shape + "partial class A : Shape { } partial class A : System.ICloneable { public object Clone() => this; public override double F(double x) => x; }", "BPG017")]
    [InlineData("a method that overrides one that cannot be reversed", "using Backprop; partial class B { [Differentiable] public virtual double F(double x) " + Endless + " } partial class A : B { [Differentiable] public override double F(double x) => x; }", "")]
    [InlineData("a method that overrides one of a class that is not partial", "using Backprop; class B { [Differentiable] public virtual double F(double x) => x; } partial class A : B { [Differentiable] public override double F(double x) => x; } partial class D : A { [Differentiable] public override double F(double x) => 2 * x; }", "")]
    [InlineData("a model that derives from one that is none", "using Backprop; [Differentiable] partial class B { public System.Collections.Generic.HashSet<double> H = []; } [Differentiable] partial class A : B { public double[] W = []; } [Differentiable] partial class D : A { public double X; }", "")]
    [InlineData("a field that takes a class for a model", "using Backprop; [Differentiable] class M { public double X; } [Differentiable] partial class N { public double X; } class A { Trainer<M, int>? m = null; Trainer<N, int>? n = null; }", "BPG001")]
    [InlineData("a field that takes a class for a model whose base is none", "using Backprop; [Differentiable] partial class B { public System.Collections.Generic.HashSet<double> H = []; } [Differentiable] partial class M : B { public double X; } class A { Trainer<M, int>? m = null; }", "BPG013")]
    [InlineData("a model that derives from a generic one that is none", "using Backprop; [Differentiable] class B<T> { public double Y; } [Differentiable] partial class A : B<int> { public double[] W = []; }", "")]
    [InlineData("a base that takes a struct for a model", "using Backprop; [Differentiable] struct M { public double X; } interface I<T> where T : struct, IDifferentiable<T> { } class A : I<M> { }", "BPG001")]
    [InlineData("a model that no declaration takes for one", "using Backprop; [Differentiable] class M { public double X; } [Differentiable] partial class N { public double X; } class A { Trainer<N, int>? n = null; }", "")]
    public void The_generator_says_what_nobody_else_can(string about, string source, string expected)
    {
        (ImmutableArray<Diagnostic> told, IEnumerable<string> broken) = Build(source);
        Assert.True(expected == string.Join(" ", told.Select(static d => d.Id)), $"{about}: {string.Join("\n", told)}");
        Assert.True(told.IsEmpty != broken.Any(), $"{about}: {string.Join("\n", broken)}");
    }

    [Theory]
    [InlineData("a virtual method whose class is not partial", "class B { [Differentiable] public virtual double F(double x) => x; }")]
    [InlineData("an abstract method that may read what has no gradient", "abstract partial class B { public double K; [Differentiable] public abstract double F(double x); }")]
    [InlineData("a method of an interface that is not partial", "interface B { [Differentiable] double F(double x); }")]
    [InlineData("a virtual method that cannot be reversed", "partial class B { [Differentiable] public virtual double F(double x) " + Endless + " }")]
    public void Nothing_is_written_for_what_calls(string about, string refused)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse);
        driver = driver.RunGenerators(Source.Compile($"using Backprop; {refused} static partial class C {{ [Differentiable] public static double G(double x, [NoGradient] B b) => b.F(x); [Differentiable] public static double H(double x, [NoGradient] B b) => G(x, b); [Differentiable] public static double Other(double x) => x; }}"));
        Assert.True("C.Other.Forward.g.cs C.Other.g.cs" == string.Join(" ", driver.GetRunResult().Results.Single().GeneratedSources.Select(static file => file.HintName).Order(StringComparer.Ordinal)), about);
    }

    [Fact]
    public void Slots_of_another_assembly_are_known()
    {
        CSharpCompilation library = Source.Compile("using Backprop; namespace Library; public partial interface ILaw { [Differentiable] double Of(double x); }").WithAssemblyName("Library");
        CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGeneratorsAndUpdateCompilation(library, out Compilation whole, out _);
        using MemoryStream image = new();
        Assert.True(whole.Emit(image).Success);
        CSharpCompilation user = Source.Compile("using Library; class A : ILaw { public double Of(double x) => x; }").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGenerators(user);
        Assert.Contains(user.GetDeclarationDiagnostics(), static d => d.Id == "CS0535");
        Assert.Equal("BPG017", Assert.Single(driver.GetRunResult().Diagnostics).Id);
    }

    [Fact]
    public void It_is_silent_again_when_it_is_mended()
    {
        const string Fires = Shape + "partial class A : Shape { public override double F(double x) => x; }";
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse);
        driver = driver.RunGenerators(Source.Compile(Fires));
        Assert.Equal("BPG017", Assert.Single(driver.GetRunResult().Diagnostics).Id);
        driver = driver.RunGenerators(Source.Compile(Fires.Replace("public override", "[Differentiable] public override")));
        Assert.Empty(driver.GetRunResult().Diagnostics);
    }

    /// <summary>What the generator says, and the errors in declarations that are not in the source alone.</summary>
    private static (ImmutableArray<Diagnostic> Told, IEnumerable<string> Broken) Build(string source)
    {
        CSharpCompilation compilation = Source.Compile(source);
        CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out ImmutableArray<Diagnostic> told);
        return (told, [.. Errors(whole).Where(error => error.StartsWith("CS031", StringComparison.Ordinal) || !Errors(compilation).Contains(error))]);

        static IEnumerable<string> Errors(Compilation of) => of.GetDeclarationDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => $"{d.Id} {d.GetMessage()}");
    }
}
