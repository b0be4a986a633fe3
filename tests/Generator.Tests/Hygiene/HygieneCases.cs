namespace Backprop.Generator.Tests.Hygiene;

/// <summary>Code of users whose names and declarations could meet those of emitted code.</summary>
internal static class HygieneCases
{
    /// <summary>Uses all that emitted code can use: checks, storage, records, kernels, functions.</summary>
    private const string Method = """
        [Differentiable]
        public static double F(ReadOnlySpan<double> x, double w)
        {
            double y = w;
            for (int i = 0; i < x.Length; i++)
            {
                y = System.Math.Exp(-y * x[i]) + 0.5 * y;
            }

            return System.Math.Log(1 + y * y);
        }
        """;

    private static readonly string Qualified = Method.Replace("[Differentiable]", "[Backprop.Differentiable]").Replace("ReadOnlySpan", "System.ReadOnlySpan");

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["names of emitted locals"] = Static("""
            [Differentiable]
            public static double F(double dx, double seed, double value, double residuals, ReadOnlySpan<double> x)
            {
                double recorded = dx * seed, dSeed = recorded + value, i = 0.5, at = 1, trip = residuals;
                double item = x[0], product = dSeed * item, exp = Math.Exp(product * 0.1);
                for (int trips = 0; trips < x.Length; trips++)
                {
                    double last = recorded * x[trips] + at;
                    recorded = Math.Tanh(last) * exp + trip * i;
                }

                return recorded * value;
            }
            """),
        ["members with names of emitted locals"] = Static("private static int dx, dw, seed, residuals, recorded, item, value, sum, product;\n"
            + "public static int Sum() => dx + dw + seed + residuals + recorded + item + value + sum + product;\npublic static void Set() => dx = dw = seed = residuals = recorded = item = value = sum = product = 1;\n" + Method),
        ["Math is a member"] = Static("public static double Math(double x) => x;\n" + Method),
        ["well-known types are members"] = Static(
            "public static int Span => 1;\npublic static int ReadOnlySpan => 2;\npublic static int Require => 3;\npublic static int ResidualStore => 4;\npublic static int MethodImpl => 5;\n"
            + "public static int MethodImplOptions => 6;\npublic static int Array => 7;\n" + Method.Replace("ReadOnlySpan<", "System.ReadOnlySpan<")),
        ["well-known types are types of the user"] = """
            namespace Mine
            {
                using Backprop;
                public static class Require { }
                public static class ResidualStore { }
                public static class Span { }
                public static class MathF { }
                public static class Zeros { }
                public class MethodImplAttribute : System.Attribute { }
                public static partial class C
                {
                    METHOD
                }
            }
            """.Replace("METHOD", Method.Replace("ReadOnlySpan<", "System.ReadOnlySpan<")),
        ["well-known types of the namespace"] = """
            namespace Mine;
            using Backprop;
            public class Math { } public class MathF { } public class Span { } public class ReadOnlySpan { } public class Memory { } public class Vector3 { } public class Gradient { } public class Array { } public class System2 { }
            public static partial class C
            {
                METHOD

                [Differentiable]
                public static double G(double[] x, double w, global::System.Memory<double> m, global::System.Numerics.Vector3 v)
                {
                    double[] copy = new double[3];
                    copy[0] = F(x, w);
                    copy[1] = copy[0] * m.Span[0];
                    return copy[1] * v.X * global::Backprop.Gradient.Stop(w);
                }
            }
            """.Replace("METHOD", Method.Replace("ReadOnlySpan<", "global::System.ReadOnlySpan<").Replace("System.Math", "global::System.Math")),
        ["aliases of the whole project"] = "global using Span = System.String;\nglobal using Math = System.MathF;\nglobal using static Models.Elsewhere;\n"
            + Type("public static partial class C", Method + "\n[Differentiable]\npublic static double G(double[] x, double w) => F(x, w) * w;")
            + "public static class Elsewhere\n{\npublic static int ResidualStore = 2;\npublic static int Require() => 1;\n}\n",
        ["namespaces in Backprop"] = "using System;\nnamespace Backprop.Models;\npublic static partial class C\n{\n" + Method + "\n[Differentiable]\npublic static double G(double[] x, double w) => F(x, w) * w;\n}\n",
        ["namespaces called Backprop and System"] = "namespace Company.Backprop { public class X { } }\nnamespace Company.System { public class X { } }\nnamespace Company.App\n{\nusing global::Backprop;\nusing global::System;\n"
            + "public static partial class C\n{\n" + Method.Replace("System.Math", "Math") + "\n[Differentiable]\npublic static double G(double[] x, double w) => F(x, w) * w;\n}\n}\n",
        ["members of a base class"] = Type("public class Parent { public static double FBackward(double x) => x; public class FResiduals { } public static (double, double) FGradient(ReadOnlySpan<double> x, double w) => (0, 0); }\npublic sealed partial class C : Parent"),
        ["what is obsolete"] = "#pragma warning disable CS0612, CS0618\n" + Static(Method + "\n[Obsolete(\"old\")]\npublic static double Old(int n) => n;\n[Differentiable]\npublic static double G(V v, double x) => v.X * x * Old(2);\n[Obsolete]\npublic struct V { public double X; }"),
        ["directives"] = Static(Method + """

            #if true
            [Differentiable]
            public static double G(double x)
            {
            #line 200 "Elsewhere.cs"
                double y = x * x;
            #line hidden
            #if false
                y *= 2;
            #else
                y *= 3;
            #endif
            #line default
                return y; /* a comment
                of two lines */
            }
            #endif
            """),
        ["unsafe code"] = Type("public static unsafe partial class C", Method + "\n[Differentiable]\npublic static double G(double x, [NoGradient] double[] k) { unsafe { return x * k[0]; } }"),
        ["a chain of constrained containers"] = Static(Method) + """

            public partial class Outer<T, U>
                where T : class, IComparable<T>, new()
                where U : unmanaged, System.Numerics.INumber<U>
            {
                public partial record struct Middle<V>(V Value)
                    where V : notnull, Enum
                {
                    public partial interface IInner<W>
                        where W : allows ref struct
                    {
                        METHOD
                    }

                    [Differentiable]
                    public static double G<Z>(double x, [NoGradient] Z? z)
                        where Z : struct, IConvertible
                        => x * x;
                }
            }
            """.Replace("METHOD", Method),
        ["extension methods and any number of arguments"] = Static("""
            [Differentiable]
            public static double F(this double x, int n, double y) => x * n * y;

            [Differentiable]
            public static double F(this double x, int n = 2, params ReadOnlySpan<double> w) => x.F(n, w[0]) * x;

            [Differentiable]
            public static double G(this in System.Numerics.Vector3 v, double k, params double[] w) => v.X * k * w[0];
            """),
        ["keywords"] = """
            using System;
            using Backprop;

            namespace @namespace.@default;

            public static partial class @class
            {
                [Differentiable]
                public static double @checked(double @in, double @event, ReadOnlySpan<double> @params)
                {
                    double @void = @in * @event;
                    for (int @for = 0; @for < @params.Length; @for++)
                    {
                        @void = Math.Sin(@void) * @params[@for];
                    }

                    return @void;
                }
            }
            """,
        ["contextual keywords"] = Static("""
            [Differentiable]
            public static double F(double value, double field, double record, double async, double @await, double var, double dynamic, double file, double required)
                => value * field + record * async + @await * var + dynamic * file + required * required;
            """),
        ["generic containing types"] = """
            using System;
            using Backprop;

            namespace Models;

            public partial class Outer<T>
                where T : struct
            {
                public static partial class Inner<U>
                {
                    METHOD
                }
            }
            """.Replace("METHOD", Method),
        ["a global namespace and nested types"] = """
            using System;
            using Backprop;

            public partial class Outer
            {
                internal partial struct Middle
                {
                    internal static partial class Inner
                    {
                        METHOD
                    }
                }
            }
            """.Replace("METHOD", Method),
        ["namespaces in namespaces"] = """
            namespace A
            {
                using System;
                namespace Backprop.System2
                {
                    using global::Backprop;
                    public static partial class C
                    {
                        METHOD
                    }
                }
            }
            """.Replace("METHOD", Method),
        ["a namespace that ends in System"] = $"using System;\nusing Backprop;\nnamespace Company.System\n{{\npublic static partial class C\n{{\n{Method.Replace("System.Math", "Math")}\n}}\n}}\n",
        ["a record"] = Type("public partial record C(double Given)"),
        ["a record struct"] = Type("public readonly partial record struct C(double Given)"),
        ["a struct"] = Type("public partial struct C"),
        ["a ref struct"] = Type("public ref partial struct C"),
        ["an interface"] = Type("public partial interface C"),
        ["an abstract class"] = Type("public abstract partial class C"),
        ["a class with a base"] = Type("public class Parent { protected static int dw = 1; public static int Get() => dw; }\npublic sealed partial class C : Parent"),
        ["a primary constructor's parameters"] = Type("public sealed partial class C(int Math, int Span, int dw)", "public int Sum => Math + Span + dw;\n" + Method),
        ["using static and aliases"] = "using static System.Math;\nusing M = System.Math;\nusing Numbers = System.ReadOnlySpan<double>;\n" + Type("public static partial class C").Replace("System.Math.Exp", "Exp")
            .Replace("System.Math.Log", "M.Log").Replace("ReadOnlySpan<double>", "Numbers"),
        ["overloads"] = Static(Method + "\n[Differentiable]\npublic static double F(double x) => x * x;\n[Differentiable]\npublic static float F(float x) => x * x;\n[Differentiable]\npublic static double F(double[] x, double w, int n) => x[n] * w;"),
        ["names that differ in case"] = Static(Method + "\n[Differentiable]\npublic static double f(double x) => x * x;"),
        ["types that differ in case"] = Type("public static partial class Cd") + "\npublic static partial class CD\n{\n" + Method + "\npublic static partial class Inner\n{\n" + Method + "\n}\npublic static partial class INNER\n{\n" + Method + "\n}\n}\n",
        ["namespaces that differ in case"] = "namespace Models.A { public static partial class C\n{\n" + Qualified + "\n} }\nnamespace Models.a { public static partial class C\n{\n" + Qualified + "\n} }\nnamespace models.A { public static partial class C\n{\n" + Qualified + "\n} }\n",
        ["types that differ in arity"] = Static(Method) + "\npublic static partial class C<T>\n{\n" + Method + "\n}\n",
        ["letters of other alphabets"] = Static("[Differentiable]\npublic static double Größe(double π, double Δx, double x̄) => π * Δx * Δx + x̄ * Math.Sin(π);"),
        ["a method called as its type's member types"] = Static("[Differentiable]\npublic static double Value(double Value) => Value * Value;\npublic sealed class Gradient { }"),
        ["attributes and documentation"] = Static("/// <summary>A loss &amp; its <see cref=\"C\"/>.</summary>\n/// <param name=\"x\">Input.</param>\n/// <param name=\"w\">Weight.</param>\n[Obsolete(\"old\")]\n" + Method),
    };

    private static string Static(string members) => Type("public static partial class C", members);

    private static string Type(string declaration, string members = Method) => $$"""
        using System;
        using Backprop;

        namespace Models;

        {{declaration}}
        {
        {{members}}
        }
        """;
}
