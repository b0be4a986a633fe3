using System.Reflection;

namespace Backprop.Integration;

/// <summary>Indices in arrays that have a second name which the generator cannot follow: they are written under one name once they were read under the other.</summary>
public static partial class UnknownMemory
{
    private delegate double Primal(Tables tables, int[] index, double[] x);

    private delegate double Backward(Tables tables, int[] index, double[] x, Span<double> dx, double seed);

    public static TheoryData<string> Cases => [.. Methods.Select(static method => method.Name)];

    private static IEnumerable<MethodInfo> Methods => typeof(UnknownMemory).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(static method => method.GetCustomAttribute<DifferentiableAttribute>() is not null && method.GetParameters() is [{ ParameterType: var first }, _, _] && first == typeof(Tables));

    [Theory]
    [MemberData(nameof(Cases))]
    public static void What_was_read_is_kept(string name)
    {
        var primal = Methods.Single(candidate => candidate.Name == name).CreateDelegate<Primal>();
        var backward = typeof(UnknownMemory).GetMethod(name + "Backward", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Backward>();
        Check.Gradient(x => primal(new Tables(), Tables.New(), x), (x, dx, seed) => backward(new Tables(), Tables.New(), x, dx, seed), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3, 0.4, 1.1]);
    }

    [Fact]
    public static void An_array_that_is_given_twice()
    {
        int[] shared = Tables.New();
        double[] x = [0.7, 1.3, 0.4, 1.1];
        Check.Gradient(x => GivenTwice(Fill(shared), shared, x), (x, dx, seed) => GivenTwiceBackward(Fill(shared), shared, x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
    }

    private static Tables Fill(int[] shared)
    {
        Tables.New().CopyTo(shared, 0);
        return new Tables { Index = shared };
    }

    /// <summary>An object that is no model.</summary>
    internal sealed class Tables
    {
        public int[] Index = New();

        public static int[] New() => [1, 3];
    }

    [ThreadStatic]
    private static int[]? kept;

    private static int[] Kept => kept!;

    private static void Keep(int[] index) => kept = index;

    private static Span<int> Same(Span<int> index) => index;

    [Differentiable]
    internal static double GivenTwice(Tables tables, int[] index, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[tables.Index[i]]) + x[0];
        }

        index[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double TwoNames(Tables tables, int[] index, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[tables.Index[i]]) + x[0];
            int[] other = tables.Index;
            other[1] ^= 2;
        }

        return s;
    }

    [Differentiable]
    internal static double NameBefore(Tables tables, int[] index, double[] x)
    {
        int[] other = tables.Index;
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[tables.Index[i]]) + x[0];
        }

        other[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double InTuple(Tables tables, int[] index, double[] x)
    {
        (int N, int[] Index) t = (2, index);
        double s = 1;
        for (int i = 0; i < t.N; i++)
        {
            s = (s * x[t.Index[i]]) + x[0];
        }

        index[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double AsMemory(Tables tables, int[] index, double[] x)
    {
        Memory<int> view = index;
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[view.Span[i]]) + x[0];
        }

        index[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double Returned(Tables tables, int[] index, double[] x)
    {
        ReadOnlySpan<int> same = Same(index);
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[same[i]]) + x[0];
        }

        index[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double InRows(Tables tables, int[] index, double[] x)
    {
        int[][] rows = new int[2][];
        rows[0] = index;
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[rows[0][i]]) + x[0];
        }

        index[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double KeptByStatic(Tables tables, int[] index, double[] x)
    {
        kept = index;
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[Kept[i]]) + x[0];
        }

        index[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double OwnArrayKept(Tables tables, int[] index, double[] x)
    {
        int[] own = [1, 3];
        Keep(own);
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[own[i]]) + x[0];
        }

        Kept[0] = 2;
        return s;
    }

    [Differentiable]
    internal static double OwnArrayKeptByCallee(Tables tables, int[] index, double[] x)
    {
        int[] own = [1, 3];
        double s = Keeping(own, x[2]);
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[own[i]]) + x[0];
        }

        Kept[0] = 2;
        return s;
    }

    [Differentiable]
    private static double Keeping(int[] index, double x)
    {
        kept = index;
        return x * x;
    }

    [Differentiable]
    internal static double GivenToCallee(Tables tables, int[] index, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Chosen(tables.Index, s, x) + x[0];
            int[] other = tables.Index;
            other[0] = 2;
        }

        return s;
    }

    [Differentiable]
    private static double Chosen(int[] index, double s, double[] x) => s * x[index[0]] * x[index[1]];

    [Differentiable]
    internal static double WrittenByCallee(Tables tables, int[] index, double[] x)
    {
        kept = index;
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[index[i]]) + x[0];
        }

        return s + WritingKept(x[2]);
    }

    [Differentiable]
    private static double WritingKept(double x)
    {
        Kept[0] = 2;
        return x * x;
    }

    [Differentiable]
    internal static double WrittenUnseenByCallee(Tables tables, int[] index, double[] x)
    {
        Span<int> own = stackalloc int[2];
        index.CopyTo(own);
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = (s * x[own[i]]) + x[0];
        }

        return s + WritingUnseen(own, x[2]);
    }

    [Differentiable]
    private static double WritingUnseen(Span<int> index, double x)
    {
        Span<int> same = Same(index);
        same[0] = 2;
        return x * x;
    }
}
