using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests.Hygiene;

/// <summary>What is emitted for a type compiles without a warning wherever the type does.</summary>
public sealed class ModelHygieneTests
{
    public static TheoryData<string> Types =>
    [
        // Names of the runtime library and of the framework mean something else.
        "using Backprop; class Unsafe { } class LeafWalk { } class IReadOnlyList { } class Leaves { } [Differentiable] sealed partial class C { public double Leaves; readonly double x = 1; public double Y { get; } }",
        "using Backprop; namespace N { namespace Backprop { } class PathStep { } class LeafKeys { } [Differentiable] sealed partial class C { public System.Collections.Generic.Dictionary<string, double> D = []; } }",
        "using Backprop; [Differentiable] partial class @class<@in> { public double @double; public double[] @params = []; public @class<@in>? @this; }",
        "using Backprop; [Differentiable] partial class C { public double @other, walk, visitor, copies, same; public double[] keys = [], i = []; public double[][] j = []; } [Differentiable] partial class D : C { public double[][] same1 = []; public double XStorage; public double X { get; } }",
        // Declarations in parts, nesting and constraints.
        "using Backprop; partial struct O<T> where T : struct { internal partial interface I { [Differentiable] internal partial record R(double X, T Y); } }",
        "using Backprop; partial class P { [Differentiable] private sealed partial class C { internal double X; } } partial class P { private sealed partial class C { internal double Y; } }",
        "using Backprop; [Differentiable] sealed partial class C<T> where T : class, IDifferentiable<T>, new() { public T Part = new(); public T[] Parts = []; }",
        "using Backprop; [Differentiable] abstract partial class A<T> { [NoGradient] public T? None; public double X; } [Differentiable] partial class B : A<string> { public double Y; } [Differentiable] sealed partial class C : B { }",
        "using Backprop; [Differentiable] partial record R; [Differentiable] partial record S(double X) : R; [Differentiable] sealed partial record T(double X, float[] Y) : S(X);",
        "using Backprop; [Differentiable] partial record struct S(double X, float[] Y) { public int N; }",
        // Members with code of their own, and marks that warn.
        "using Backprop; [Differentiable] partial class C { public virtual double[] X { get; set; } = []; public required double Y { get; init; } volatile float z; [System.Obsolete] public double Old; public float Z => z; }",
        "using Backprop; [Differentiable] partial class B { public virtual double X { get => 1; set { } } } [Differentiable] sealed partial class C : B { public override double X { get; set; } }",
        "#nullable disable\nusing Backprop; [Differentiable] partial class C { public double[][] X; public C Next; public System.Collections.Generic.List<C> All; }",
        // Methods of models: required members, annotations, members that hide those of a base class.
        """
        #nullable enable
        using Backprop;
        partial record struct P(double X, float Y) { public required double Z { get; init; } public string? Name { get; set; } [Differentiable] public readonly double Length(double k) => k * X * Y + Z; }
        [Differentiable] sealed partial class Model { public required double[] W { get; init; } public required double K; public string? S; [Differentiable] public double L(double x, string?[]? names) => W[0] * x * K; }
        """,
        """
        using Backprop;
        [Differentiable] partial class B { public double W = 1; [Differentiable] public double G(double x) => x * W; }
        [Differentiable] sealed partial class D : B { public double V = 2; [Differentiable] public new double G(double x) => base.G(x) * V; }
        """,
        // The user's own implementation is left alone.
        """
        using System; using System.Collections.Generic; using Backprop;
        [Differentiable] sealed partial class C : IDifferentiable<C>
        {
            public double[] X = [];
            public C ZerosLike() => new(); public C Clone() => new(); public void Clear() { } public void AddScaled(C other, double scale) { }
            public IReadOnlyList<LeafInfo> DescribeLeaves() => []; public void VisitLeaves<V>(ref V visitor) where V : ILeafVisitor, allows ref struct { }
            public void VisitLeaves<V>(C other, ref V visitor) where V : ILeafPairVisitor, allows ref struct { }
        }
        [Differentiable] sealed partial class D { public C C = new(); }
        """,
        // File names that differ in case only.
        "using Backprop; namespace N; [Differentiable] sealed partial class Cc { public double X; } [Differentiable] sealed partial class CC { public double X; }",
        "using Backprop; static partial class C { [Differentiable] public static double net(double x) => x * x; [Differentiable] public static double net(float x) => x; [Differentiable] internal sealed partial class Net { public double X; } }",
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Compiles_without_a_warning(string source)
    {
        new Consumer().Generate("#pragma warning disable CS0649, CS0414, CS0169, CS8981, CS8618\n" + source).CompilesCleanly();
        new Consumer { IsChecked = true, Documentation = DocumentationMode.Diagnose }.Generate("#pragma warning disable CS0649, CS0414, CS0169, CS8981, CS8618, CS1591\n" + source).CompilesCleanly();
    }

    /// <summary>C# says that it is wrong; what is beside it keeps its code meanwhile.</summary>
    [Fact]
    public void A_method_called_as_a_type_beside_it_takes_nobodys_file()
    {
        CSharpCompilation source = Source.Compile("using Backprop; static partial class C { [Differentiable] public static double Net(double x) => x * x; [Differentiable] internal sealed partial class Net { public double X; } }");
        GeneratorRunResult result = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGenerators(source).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Equal(["C.Net.2.g.cs", "C.Net.Forward.g.cs", "C.Net.g.cs"], result.GeneratedSources.Select(static file => file.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_type_from_another_assembly_is_a_base_and_a_part()
    {
        const string Library = """
            using Backprop;
            [Differentiable] public partial class Base { public double X; protected double[] hidden = []; }
            [Differentiable] public sealed partial class Part { public double Y; }
            """;
        using MemoryStream stream = new();
        CSharpCompilation library = Source.CompileValid(Library);
        CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGeneratorsAndUpdateCompilation(library, out Compilation whole, out _);
        Assert.True(whole.WithAssemblyName("Library").Emit(stream).Success);
        MetadataReference reference = MetadataReference.CreateFromImage(stream.ToArray());

        CSharpCompilation user = Source.Compile("using Backprop; [Differentiable] public sealed partial class C : Base { public Part Part = new(); public double[] Z = []; }").AddReferences(reference);
        CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGeneratorsAndUpdateCompilation(user, out Compilation compiled, out _);
        Assert.Empty(compiled.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning));
        Assert.Equal(3, compiled.GetTypeByMetadataName("C")!.Interfaces.Length + 1);
    }
}
