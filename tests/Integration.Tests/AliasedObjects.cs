namespace Backprop.Integration;

/// <summary>Objects, tables and arrays of arrays that share something of which the method writes a part: refused before any work, like arrays and variables.</summary>
public static partial class AliasedObjects
{
    [Differentiable]
    public sealed partial class Part
    {
        public double B = 2;
        public double[] W = [1, 2];
        public double[,] Table = new double[2, 2];
        public Part? Next;

        [NoGradient]
        public double[] Buffer = [1, 2];
    }

    private static string Refused(Action call) => Assert.Throws<ArgumentException>(call).Message;

    [Fact]
    public static void An_object_twice()
    {
        Part p = new(), q = new(), dp = p.ZerosLike(), dq = p.ZerosLike();
        double dx = 0;
        Assert.StartsWith("'p' overlaps 'q'", Refused(() => MovesBackward(p, p, 3, dp, dq, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'p' overlaps 'q'", Refused(() => MovesForward(p, p, 3, out _)), StringComparison.Ordinal);
        Assert.StartsWith("'dp' overlaps 'dq'", Refused(() => MovesBackward(p, q, 3, dp, dp, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'dp' overlaps 'q'", Refused(() => MovesBackward(p, q, 3, q, dq, ref dx)), StringComparison.Ordinal);
        Assert.Equal((2, 0.0), (p.B, dx));
        Assert.Equal(14, MovesBackward(p, q, 3, dp, dq, ref dx));
        Assert.Equal((15, 7, 4), (p.B, dq.B, dx));
    }

    [Fact]
    public static void An_array_of_two_objects()
    {
        // Both methods only need the array apart that one of them writes.
        Part p = new(), q = new() { W = p.W }, dp = p.ZerosLike(), dq = p.ZerosLike();
        double dx = 0;
        MovesBackward(p, q, 3, dp, dq, ref dx);
        Assert.StartsWith("'p.W' overlaps 'q.W'", Refused(() => ScalesBackward(p, q, 3, dp, dq, ref dx)), StringComparison.Ordinal);
        q.W = [5, 6];
        dq.W = dp.W;
        Assert.StartsWith("'dp.W' overlaps 'dq.W'", Refused(() => ScalesBackward(p, q, 3, dp, dq, ref dx)), StringComparison.Ordinal);
        dq.W = p.W;
        Assert.Contains("'dq.W' overlaps 'p.W'", Refused(() => ScalesBackward(p, q, 3, dp, dq, ref dx)), StringComparison.Ordinal);
    }

    [Fact]
    public static void An_object_and_its_array()
    {
        Part p = new(), dp = p.ZerosLike();
        double dx = 0;
        double[] h = [1, 2], dh = [0, 0];
        Assert.StartsWith("'p.W' overlaps 'h'", Refused(() => FillsBackward(p, p.W, 3, dp, dh, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'p.Buffer' overlaps 'h'", Refused(() => FillsBackward(p, p.Buffer, 3, dp, dh, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'dp.W' overlaps 'dh'", Refused(() => FillsBackward(p, h, 3, dp, dp.W, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'dh' overlaps 'p.W'", Refused(() => FillsBackward(p, h, 3, dp, p.W, ref dx)), StringComparison.Ordinal);
        FillsBackward(p, h, 3, dp, dh, ref dx);
        Assert.Equal(15, h[1]);
    }

    [Fact]
    public static void Whatever_is_reached_from_an_object()
    {
        Part inner = new(), p = new() { Next = new Part { Next = inner } }, q = new() { Next = inner }, dp = p.ZerosLike(), dq = q.ZerosLike();
        double dx = 0;
        Assert.StartsWith("'p' overlaps 'q'", Refused(() => FollowsBackward(p, q, 3, dp, dq, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'p' overlaps 'q'", Refused(() => FollowsBackward(p, inner, 3, dp, inner.ZerosLike(), ref dx)), StringComparison.Ordinal);
        q.Next = new Part { W = inner.W };
        Assert.StartsWith("'p' overlaps 'q'", Refused(() => FollowsBackward(p, q, 3, dp, dq, ref dx)), StringComparison.Ordinal);
        q.Next = new Part { W = [], Table = new double[0, 0] };
        inner.W = q.Next.W;
        inner.Table = q.Next.Table;
        dp = p.ZerosLike();
        dq = q.ZerosLike();
        Assert.Equal(12, FollowsBackward(p, q, 3, dp, dq, ref dx));
    }

    [Fact]
    public static void Arrays_of_objects()
    {
        Part p = new(), dp = p.ZerosLike();
        Part[] a = [new(), p], da = [p.ZerosLike(), p.ZerosLike()];
        double dx = 0;
        Assert.StartsWith("'a' overlaps 'p'", Refused(() => AmongBackward(a, p, 3, da, dp, ref dx)), StringComparison.Ordinal);
        a[1] = a[0];
        Assert.Contains("'[1]' is shared in one model only", Refused(() => AmongBackward(a, p, 3, da, dp, ref dx)), StringComparison.Ordinal);
        da[1] = da[0];
        Assert.Equal(12, AmongBackward(a, p, 3, da, dp, ref dx));
        da[1] = a[0];
        Assert.StartsWith("The gradient shares memory", Refused(() => AmongBackward(a, p, 3, da, dp, ref dx)), StringComparison.Ordinal);
        da = [a[0], a[0]];
        Assert.StartsWith("The gradient shares memory", Refused(() => AmongBackward(a, p, 3, da, dp, ref dx)), StringComparison.Ordinal);
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => AmongBackward(a, p, 3, [], dp, ref dx)).ParamName);
    }

    [Fact]
    public static void Rows()
    {
        double[][] a = [[1, 2], [3, 4]], da = [[0, 0], [0, 0]];
        double[] r = [1, 2], dr = [0, 0];
        double dx = 0;
        Assert.StartsWith("'a' overlaps 'r'", Refused(() => RowBackward(a, a[0], 3, da, dr, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'da' overlaps 'dr'", Refused(() => RowBackward(a, r, 3, da, da[1], ref dx)), StringComparison.Ordinal);
        Assert.Contains("Row 1 of the accumulator", Refused(() => RowBackward(a, r, 3, [da[0], a[1]], dr, ref dx)), StringComparison.Ordinal);
        Assert.Equal(6, RowBackward(a, r, 3, da, dr, ref dx));

        double[][] b = [a[1]], db = [[0, 0]];
        Assert.StartsWith("'a' overlaps 'b'", Refused(() => TwoTablesBackward(a, b, 3, da, db, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'da' overlaps 'db'", Refused(() => TwoTablesBackward(a, [[5, 6]], 3, da, [da[0]], ref dx)), StringComparison.Ordinal);
        b = [[5, 6], a[0]];
        b[1] = b[0];
        Assert.Contains("'[1]' is shared in one model only", Refused(() => TwoTablesBackward(a, b, 3, da, [[0, 0], [0, 0]], ref dx)), StringComparison.Ordinal);
    }

    [Fact]
    public static void A_variable_inside_an_object()
    {
        Part p = new(), dp = p.ZerosLike();
        double da = 0, dx = 0, a = 1;
        Assert.StartsWith("'a' overlaps 'p'", Refused(() => IntoBackward(ref p.B, p, 3, ref da, dp, ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'a' overlaps 'p'", Refused(() => IntoBackward(ref p.W[1], p, 3, ref da, dp, ref dx)), StringComparison.Ordinal);
        Assert.Equal(12, IntoBackward(ref a, p, 3, ref da, dp, ref dx));
        Assert.Equal(15, a);
    }

    /// <summary>An <c>out</c> parameter has no value to begin with, but it has a place.</summary>
    [Fact]
    public static void A_variable_to_be_set_inside_an_object()
    {
        Part p = new(), dp = p.ZerosLike();
        double dx = 0;
        Assert.StartsWith("'a' overlaps 'p'", Refused(() => SetsBackward(out p.B, p, 3, 1, dp, ref dx)), StringComparison.Ordinal);
        Assert.Equal(2, p.B);
        Assert.Equal(12, SetsBackward(out double a, p, 3, 1, dp, ref dx));
        Assert.Equal((15, 6, 9), (a, dp.B, dx));
    }

    [Fact]
    public static void A_table_of_an_object()
    {
        Part p = new(), dp = p.ZerosLike();
        double dx = 0;
        double[,] a = new double[2, 2], da = new double[2, 2];
        Assert.StartsWith("'p.Table' overlaps 'a'", Refused(() => TablesBackward(p, p.Table, 3, dp, da, ref dx)), StringComparison.Ordinal);
        Assert.Equal(0, TablesBackward(p, a, 3, dp, da, ref dx));
    }

    [Fact]
    public static void Spans_of_integers()
    {
        int[] a = [1, 2, 3];
        double dx = 0;
        Assert.Throws<ArgumentException>(() => CountsBackward(a, a.AsSpan(1), 3, ref dx));
        Assert.Equal(9, CountsBackward(a.AsSpan(0, 1), a.AsSpan(2), 3, ref dx));
        Assert.Equal(7, a[0]);
    }

    /// <summary>What is only read may be given twice, and so may its gradient: it is their sum.</summary>
    [Fact]
    public static void An_object_twice_that_is_only_read()
    {
        Part p = new(), dp = p.ZerosLike();
        double dx = 0;
        Assert.Equal(12, ReadsBackward(p, p, 3, dp, dp, ref dx));
        Assert.Equal((6, 4), (dp.B, dx));
    }

    /// <summary>Nor does it matter where the methods that are called only read.</summary>
    [Fact]
    public static void An_object_twice_that_others_only_read()
    {
        Part p = new(), dp = p.ZerosLike(), dq = p.ZerosLike();
        double[] w = [1, 2], dw = [0, 0];
        double dx = 0;
        Assert.Equal(24, TwiceBackward(p, p, w, w, 3, dp, dp, dw, dw, ref dx));
        Assert.Equal((12, 0, 8), (dp.B, dw[1], dx));
        Assert.StartsWith("'p' overlaps 'q'", Refused(() => TwiceMovedBackward(p, p, w, [1, 2], 3, dp, dq, dw, [0, 0], ref dx)), StringComparison.Ordinal);
        Assert.StartsWith("'v' overlaps 'w'", Refused(() => TwiceMovedBackward(p, new Part(), w, w, 3, dp, dq, dw, [0, 0], ref dx)), StringComparison.Ordinal);
    }

    [Differentiable]
    internal static double Moves(Part p, Part q, double x)
    {
        double s = q.B * x + q.B;
        p.B = 5 * x;
        return s + q.B * x;
    }

    [Differentiable]
    internal static double Scales(Part p, Part q, double x)
    {
        double s = q.W[0] * x;
        p.W[0] = 5 * x;
        return s + q.W[0] * x;
    }

    [Differentiable]
    internal static double Fills(Part p, double[] h, double x)
    {
        double s = h[0] * x + p.W[0];
        h[1] = 5 * x;
        return s + p.W[1] * x * p.Buffer[1];
    }

    [Differentiable]
    internal static double Follows(Part p, Part q, double x)
    {
        double s = q.B * x;
        p.Next!.Next!.B = 5 * x;
        return s + q.Next!.B * x;
    }

    [Differentiable]
    internal static double Among(Part[] a, Part p, double x)
    {
        double s = p.B * x;
        a[1].B = 5 * x;
        return s + p.B * x;
    }

    [Differentiable]
    internal static double Row(double[][] a, double[] r, double x)
    {
        double s = a[0][0] * x;
        r[0] = 5 * x;
        return s + a[0][0] * x;
    }

    [Differentiable]
    internal static double TwoTables(double[][] a, double[][] b, double x)
    {
        double s = a[0][0] * x;
        b[0][0] = 5 * x;
        return s + a[0][0] * x;
    }

    [Differentiable]
    internal static double Into(ref double a, Part p, double x)
    {
        double s = p.B * x;
        a = 5 * x;
        return s + p.B * x;
    }

    [Differentiable]
    internal static double Sets(out double a, Part p, double x)
    {
        double s = p.B * x;
        a = 5 * x;
        return s + p.B * x;
    }

    [Differentiable]
    internal static double Tables(Part p, double[,] a, double x)
    {
        double s = p.Table[0, 0] * x;
        a[0, 0] = 5 * x;
        return s + p.Table[0, 0] * x;
    }

    [Differentiable]
    internal static double Counts(Span<int> a, ReadOnlySpan<int> b, double x)
    {
        int before = b[0];
        a[0] = 7;
        return before * x;
    }

    [Differentiable]
    internal static double Reads(Part p, Part q, double x) => p.B * x + q.B * x;

    [Differentiable]
    internal static double First(double[] v) => v[0];

    [Differentiable]
    internal static double FirstDoubled(double[] v) => v[0] *= 2;

    [Differentiable]
    internal static double Twice(Part p, Part q, double[] v, double[] w, double x) => Reads(p, q, x) * First(v) + Reads(q, p, x) * First(w);

    [Differentiable]
    internal static double TwiceMoved(Part p, Part q, double[] v, double[] w, double x) => Moves(p, q, x) * FirstDoubled(v) + Reads(q, p, x) * First(w);
}
