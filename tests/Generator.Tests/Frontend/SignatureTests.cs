using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Frontend;

/// <summary>Parameters, results, and where the emitted members go.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void Parameters_keep_type_passing_and_default()
    {
        Method method = Source.LowerMethod("""
            [Differentiable]
            internal static double F(double x, in float f, ref double r, out double o, [NoGradient] double[]? c, DayOfWeek d = DayOfWeek.Friday, int n = 3, double y = 0.5, string? s = null)
            {
                o = 0;
                return x;
            }
            """);
        Assert.Equal(
            ["double x", "float f", "double r", "double o", "double[]? c", "global::System.DayOfWeek d=global::System.DayOfWeek.Friday", "int n=3", "double y=0.5d", "string? s=default"],
            method.Parameters.Select(static p => $"{p.TypeText} {p.Variable.Name}{(p.DefaultText.Length > 0 ? "=" + p.DefaultText : "")}"));
        Assert.Equal(
            [Passing.Value, Passing.In, Passing.Ref, Passing.Out, Passing.Value, Passing.Value, Passing.Value, Passing.Value, Passing.Value],
            method.Parameters.Select(static p => p.Passing));
        Assert.Equal(["x", "f", "r", "o", "y"], method.Parameters.Where(static p => p.Wanted == Wanted.Gradient).Select(static p => p.Variable.Name));
        Assert.Equal("internal", method.Accessibility);
        Assert.Equal("double", method.ReturnTypeText);
    }

    [Fact]
    public void Void_has_no_return_type() => Assert.Null(Source.LowerMethod("[Differentiable] static void F(ref double x) { }").ReturnType);

    [Fact]
    public void Overloads_are_numbered() => Assert.Equal(
        [0, 1],
        Source.LowerAll(
            Source.CompileValid(Source.InClass("""
                static double F(int x) => x;
                [Differentiable] static double F(float x) => x;
                [Differentiable] static double F(double x) => x;
                """)),
            "Differentiable").Select(static l => l.Method!.Overload));

    [Fact]
    public void A_container_is_declared_level_by_level()
    {
        Method? method = Source.Lower(Source.CompileValid("""
            using Backprop;

            namespace @event.Deep
            {
                public partial interface IOuter<T>
                {
                    internal partial record struct Middle
                    {
                        private partial record Inner<@class, V>
                        {
                            private int field;
                            private int Property { get; set; }

                            [Differentiable]
                            private protected static double F(double x) => x;
                        }
                    }
                }
            }
            """)).Method;
        Container container = Assert.IsType<Method>(method).Container;
        Assert.Equal("@event.Deep", container.Namespace);
        Assert.Equal(["partial interface IOuter<T>", "partial record struct Middle", "partial record Inner<@class, V>"], container.Declarations);
        Assert.Equal("event.Deep.IOuter`1.Middle.Inner`2", container.Path);
        Assert.Equal(["F", "IOuter", "Inner", "Middle", "Property", "T", "V", "class", "field"], container.Names);
        Assert.Equal("private protected", method!.Accessibility);
    }

    [Fact]
    public void The_global_namespace_is_empty() => Assert.Equal("", Source.LowerMethod("[Differentiable] static double F(double x) => x;").Container.Namespace);

    [Fact]
    public void Well_known_names_that_mean_something_else_are_hidden()
        => Assert.Equal(["Math", "Span", "Array"], Source.LowerMethod("""
            static double Math(double y) => y;
            class Array { }
            [Differentiable] static double F(double x, double Span) => x;
            """).Container.Hidden);

    [Fact]
    public void Nothing_is_hidden_ordinarily() => Assert.Empty(Source.LowerMethod("[Differentiable] static double F(double x) => Math.Sin(x);").Container.Hidden);
}
