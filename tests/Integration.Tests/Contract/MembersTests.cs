using System.Numerics;
using System.Reflection;

namespace Backprop.Integration.Contract;

/// <summary>Section 1 of docs/emitted-members.md: names, parameters in their order, accumulators by type, results.</summary>
public static class MembersTests
{
    [Theory]
    [InlineData("LineBackward", "public static double LineBackward(double slope, double intercept, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ref double dSlope, ref double dIntercept, double seed = 1)")]
    [InlineData("LineGradient", "public static (double Value, (double slope, double intercept) Gradient) LineGradient(double slope, double intercept, ReadOnlySpan<double> x, ReadOnlySpan<double> y)")]
    [InlineData("LineForward", "public static double LineForward(double slope, double intercept, ReadOnlySpan<double> x, ReadOnlySpan<double> y, out LineResiduals residuals, ResidualStore store = default)")]
    [InlineData("LinePullback", "public static void LinePullback(double slope, double intercept, ReadOnlySpan<double> x, ReadOnlySpan<double> y, in LineResiduals residuals, ref double dSlope, ref double dIntercept, double seed = 1)")]
    [InlineData("SingleBackward", "internal static float SingleBackward(float x, ref float dx, float seed = 1)")]
    [InlineData("SingleGradient", "internal static (float Value, float Gradient) SingleGradient(float x)")]
    [InlineData("SecretBackward", "private static double SecretBackward(double x, ref double dx, double seed = 1)")]
    [InlineData("SecretGradient", "private static (double Value, double Gradient) SecretGradient(double x)")]
    [InlineData("GenericGradient", "public static (T Value, (T x, T[] w) Gradient) GenericGradient(T x, ReadOnlySpan<T> w)")]
    [InlineData("StructsBackward", "public static double StructsBackward(Vec v, Pair pair, (double First, float Second) tuple, Vector3 place, Quaternion turn, Complex z, ref Vec dv, ref Pair dPair, ref (double First, float Second) dTuple, ref Vector3 dPlace, ref Quaternion dTurn, ref Complex dz, double seed = 1)")]
    [InlineData("StructsGradient", "public static (double Value, (Vec v, Pair pair, (double First, float Second) tuple, Vector3 place, Quaternion turn, Complex z) Gradient) StructsGradient(Vec v, Pair pair, (double First, float Second) tuple, Vector3 place, Quaternion turn, Complex z)")]
    [InlineData("MemoriesBackward", "public static double MemoriesBackward(double[] a, Span<float> b, ReadOnlySpan<double> c, Memory<double> d, ReadOnlyMemory<float> e, Span<double> da, Span<float> db, Span<double> dc, Span<double> dd, Span<float> de, double seed = 1)")]
    [InlineData("MemoriesGradient", "public static (double Value, (double[] a, float[] b, double[] c, double[] d, float[] e) Gradient) MemoriesGradient(double[] a, Span<float> b, ReadOnlySpan<double> c, Memory<double> d, ReadOnlyMemory<float> e)")]
    [InlineData("TablesBackward", "public static double TablesBackward(double[,] a, float[,,] b, double[][] c, double[,] da, float[,,] db, double[][] dc, double seed = 1)")]
    [InlineData("TablesGradient", "public static (double Value, (double[,] a, float[,,] b, double[][] c) Gradient) TablesGradient(double[,] a, float[,,] b, double[][] c)")]
    [InlineData("ConstantsBackward", "public static double ConstantsBackward(double x, int n, bool b, char c, string s, DayOfWeek d, Func<int, int> f, double k, double[] ks, ref double dx, double seed = 1)")]
    [InlineData("ConstantsGradient", "public static (double Value, double Gradient) ConstantsGradient(double x, int n, bool b, char c, string s, DayOfWeek d, Func<int, int> f, double k, double[] ks)")]
    [InlineData("DefaultsBackward", "public static double DefaultsBackward(double x, double by, int n, string s, ref double dx, ref double dBy, double seed = 1)")]
    [InlineData("DefaultsGradient", "public static (double Value, (double x, double by) Gradient) DefaultsGradient(double x, double by = 2.5, int n = 3, string s = default)")]
    [InlineData("VariablesBackward", "public static double VariablesBackward(in double x, in Vec v, ref double dx, ref Vec dv, double seed = 1)")]
    [InlineData("VariablesGradient", "public static (double Value, (double x, Vec v) Gradient) VariablesGradient(in double x, in Vec v)")]
    [InlineData("ManyBackward", "public static double ManyBackward(double x, double[] w, ref double dx, Span<double> dw, double seed = 1)")]
    [InlineData("ManyGradient", "public static (double Value, (double x, double[] w) Gradient) ManyGradient(double x, params double[] w)")]
    [InlineData("OfVectorBackward", "public static Vector3 OfVectorBackward(Vector3 v, float s, ref Vector3 dv, ref float ds, Vector3 seed)")]
    [InlineData("OfTupleBackward", "public static (double A, double B) OfTupleBackward(double x, ref double dx, (double A, double B) seed)")]
    [InlineData("OfArrayBackward", "public static double[] OfArrayBackward(double[] x, Span<double> dx, double[] seed)")]
    [InlineData("OfNothingBackward", "public static void OfNothingBackward(double[] x, Span<double> dx)")]
    [InlineData("OfIntegerBackward", "public static int OfIntegerBackward(double[] x, Span<double> dx)")]
    [InlineData("OfBoolBackward", "public static bool OfBoolBackward(ref double x, ref double dx)")]
    [InlineData("RefBackward", "public static double RefBackward(ref double x, double y, ref double dx, ref double dy, double seed = 1)")]
    [InlineData("OutBackward", "public static double OutBackward(double x, out double square, ref double dx, double dSquare, double seed = 1)")]
    [InlineData("WrittenBackward", "public static double WrittenBackward(double[] x, double by, Span<double> dx, ref double dBy, double seed = 1)")]
    public static void Is_declared_as(string member, string declaration) => Assert.Equal(declaration, SignatureText.Of(typeof(Members), member));

    [Theory]
    [InlineData(typeof(MemberModel), "LossBackward", "public double LossBackward(ReadOnlySpan<double> x, int label, MemberModel dThis, Span<double> dx, double seed = 1)")]
    [InlineData(typeof(MemberModel), "ActBackward", "public void ActBackward(Span<double> y, MemberModel dThis, Span<double> dy)")]
    [InlineData(typeof(MemberStruct), "ScaledBackward", "public double ScaledBackward(double x, ref MemberStruct dThis, ref double dx, double seed = 1)")]
    [InlineData(typeof(MemberStruct), "OfGradient", "public static (double Value, (MemberModel model, MemberModel[] models, MemberStruct s) Gradient) OfGradient(MemberModel model, MemberModel[] models, MemberModel constant, MemberStruct s)")]
    [InlineData(typeof(MemberPlain), "TimesBackward", "protected internal double TimesBackward(double x, ref double dx, double seed = 1)")]
    [InlineData(typeof(MemberExtensions), "SquaredBackward", "public static double SquaredBackward(in Vector3 v, double k, ref Vector3 dv, ref double dk, double seed = 1)")]
    public static void Of_an_instance_this_comes_first(Type type, string member, string declaration) => Assert.Equal(declaration, SignatureText.Of(type, member));

    [Theory]
    [InlineData("Ref")]
    [InlineData("Out")]
    [InlineData("Written")]
    [InlineData("WrittenSpan")]
    [InlineData("WrittenTable")]
    [InlineData("OfVector")]
    [InlineData("OfTuple")]
    [InlineData("OfArray")]
    [InlineData("OfNothing")]
    [InlineData("OfInteger")]
    [InlineData("OfBool")]
    public static void No_friendly_form_where_the_method_writes_or_gives_no_number(string method)
    {
        Assert.Equal("", SignatureText.Of(typeof(Members), method + "Gradient"));
        Assert.NotEqual("", SignatureText.Of(typeof(Members), method + "Backward"));
    }

    [Fact]
    public static void A_generic_seed_is_one_unless_given()
    {
        ReadOnlySpan<float> w = [3f];
        float dx = 0, twice = 0;
        float[] dw = new float[1];
        Assert.Equal(Members.Generic(1f, w), Members.GenericBackward(1f, w, ref dx, dw));
        Members.GenericBackward(1f, w, ref twice, dw, 2f);
        Assert.Equal(2 * dx, twice);
    }

    [Fact]
    public static void The_friendly_form_gives_value_and_gradient_by_name()
    {
        double[] x = [1, 2, 4], y = [2, 3, 7];
        var (value, gradient) = Members.LineGradient(1.5, 0.25, x, y);
        double da = 0, db = 0;
        Assert.Equal(Members.LineBackward(1.5, 0.25, x, y, ref da, ref db), value);
        Assert.Equal((da, db), (gradient.slope, gradient.intercept));
        Assert.Equal(6, Members.DefaultsGradient(2, 3, 1).Value);
        Assert.Equal(2.5 * 3, Members.DefaultsGradient(2).Gradient.x);
        Assert.Equal([4, 0], Members.ManyGradient(4, 2, 3).Gradient.w);
    }

    [Fact]
    public static void Extension_methods_have_extension_methods()
    {
        Vector3 v = new(2, 3, 4), dv = default;
        double dk = 0;
        Assert.Equal(12, v.SquaredBackward(3, ref dv, ref dk));
        Assert.Equal(new Vector3(12, 0, 0), dv);
        Assert.Equal(4, v.SquaredGradient(3).Gradient.k);
    }

    [Fact]
    public static void What_is_no_number_of_a_struct_stays_out_of_its_gradient()
    {
        Members.Vec dv = new() { Tag = 7 };
        Members.Pair dp = default;
        (double, float) dt = default;
        Vector3 d3 = default;
        Quaternion dq = default;
        Complex dz = default;
        Members.StructsBackward(new Members.Vec { X = 2, Tag = 5 }, new Members.Pair(3, 1), (1, 2), new Vector3(1), Quaternion.Identity, 4, ref dv, ref dp, ref dt, ref d3, ref dq, ref dz);
        Assert.Equal((3, 0, 7), (dv.X, dv.Y, dv.Tag));
        Assert.Equal(new Members.Pair(2, 0), dp);
        Assert.Equal((2, 1f), dt);
        Assert.Equal((4f, 4f, 1.0), (d3.X, dq.W, dz.Real));
    }

    [Fact]
    public static void The_cotangent_of_an_out_parameter_is_a_value()
    {
        double dx = 0;
        Assert.Equal(6, Members.OutBackward(2, out double square, ref dx, dSquare: 10, seed: 1));
        Assert.Equal(4, square);
        Assert.Equal(10 * 4 + 3, dx);
    }

    [Fact]
    public static void What_is_written_is_input_and_output()
    {
        double[] x = [2, 5], dx = [10, 7];
        double dBy = 0;
        Assert.Equal(6, Members.WrittenBackward(x, 3, dx, ref dBy));
        Assert.Equal([6, 5], x);
        Assert.Equal([(10 + 1) * 3, 7], dx);
        Assert.Equal((10 + 1) * 2, dBy);

        double variable = 2, dVariable = 10;
        Assert.True(Members.OfBoolBackward(ref variable, ref dVariable));
        Assert.Equal((4, 20), (variable, dVariable));
    }

    [Fact]
    public static void Gradients_of_memory_have_its_shape()
    {
        var (_, gradient) = Members.TablesGradient(new double[2, 3], new float[1, 2, 1], [[1, 2], [3]]);
        Assert.Equal((2, 3), (gradient.a.GetLength(0), gradient.a.GetLength(1)));
        Assert.Equal((1, 2, 1), (gradient.b.GetLength(0), gradient.b.GetLength(1), gradient.b.GetLength(2)));
        Assert.Equal([2, 1], gradient.c.Select(static row => row.Length));
        var memories = Members.MemoriesGradient([1], new float[2], [1, 2, 3], new double[4], new float[5]).Gradient;
        Assert.Equal([1, 2, 3, 4, 5], new[] { memories.a.Length, memories.b.Length, memories.c.Length, memories.d.Length, memories.e.Length });
    }
}
