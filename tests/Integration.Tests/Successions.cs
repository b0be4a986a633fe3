namespace Backprop.Integration;

/// <summary>Variables that stand for one array after the other, made in an iteration or returned by a call there. The arrays are the method's own, so it allocates.</summary>
public static partial class Successions
{
    private static readonly double[] point = [0.3, -0.7, 1.1], other = [0.9, 0.4, -0.2];

    private static void Agrees(Check.Primal primal, Check.Backward backward) => Check.Gradient(primal, backward, 1e-6, Check.Heap.UsedByTest, point, other);

    [Differentiable]
    internal static double[] Step(ReadOnlySpan<double> h, double x)
    {
        double[] next = new double[h.Length];
        for (int i = 0; i < h.Length; i++)
        {
            next[i] = Math.Tanh(h[i] * x + h[0]);
        }

        return next;
    }

    /// <summary>That it does not write what it is given is known from its body.</summary>
    [Differentiable]
    internal static double[] StepOfArray(double[] h, double x) => Step(Step(h, x), x * x);

    [Differentiable]
    internal static double[] Longer(double[] h, double x)
    {
        double[] next = new double[h.Length + 1];
        for (int i = 0; i < h.Length; i++)
        {
            next[i] = h[i] * x;
        }

        next[h.Length] = x;
        return next;
    }

    [Fact]
    public static void Made_in_an_iteration() => Agrees(x => Made(x), (x, d, s) => MadeBackward(x, d, s));

    [Differentiable]
    internal static double Made(double[] x)
    {
        double[] h = new double[2];
        h[0] = x[1];
        for (int t = 0; t < x.Length; t++)
        {
            double[] n = new double[2];
            n[0] = h[0] * x[t] + 1;
            n[1] = h[1] * h[1] + n[0];
            n[0] *= n[1];
            h = n;
        }

        return h[1] * h[0];
    }

    [Fact]
    public static void Returned_by_a_call() => Agrees(x => Recurrent(x, x), (x, d, s) => RecurrentTwice(x, d, s));

    private static double RecurrentTwice(double[] x, Span<double> d, double seed)
    {
        double[] dState = new double[x.Length];
        double value = RecurrentBackward(x, (double[])x.Clone(), d, dState, seed);
        for (int i = 0; i < d.Length; i++)
        {
            d[i] += dState[i];
        }

        return value;
    }

    [Differentiable]
    internal static double Recurrent(double[] x, double[] state)
    {
        double[] h = state;
        double sum = 0;
        for (int t = 0; t < x.Length; t++)
        {
            sum += h[0] * x[t];
            h = Step(h, x[t]);
            sum += h[1] * h[1];
        }

        return h[0] + sum;
    }

    [Fact]
    public static void No_iteration_gives_what_there_was_before()
    {
        Agrees(x => Times(x, 0), (x, d, s) => TimesBackward(x, 0, d, s));
        Agrees(x => Times(x, 1), (x, d, s) => TimesBackward(x, 1, d, s));
    }

    [Differentiable]
    internal static double Times(double[] x, int n)
    {
        double[] h = x;
        for (int t = 0; t < n; t++)
        {
            h = StepOfArray(h, x[t]);
        }

        return h[0] * h[1];
    }

    [Fact]
    public static void Arrays_of_other_lengths() => Agrees(x => Growing(x), (x, d, s) => GrowingBackward(x, d, s));

    [Differentiable]
    internal static double Growing(double[] x)
    {
        double[] h = x;
        double sum = 1;
        for (int t = 0; t < x.Length; t++)
        {
            for (int k = 0; k < t; k++)
            {
                h = Step(h, x[t] + sum);
                sum += h[k];
            }

            h = Longer(h, sum);
            sum += h[^1] * h[t];
        }

        return h[0] * h[^2] + sum;
    }

    [Fact]
    public static void In_a_branch_of_an_iteration() => Agrees(x => Branching(x), (x, d, s) => BranchingBackward(x, d, s));

    [Differentiable]
    internal static double Branching(double[] x)
    {
        double[] h = x;
        double sum = 1;
        for (int t = 0; t < 4; t++)
        {
            if (x[t % 3] > 0)
            {
                h = Step(h, x[t % 3]);
                sum += h[0];
            }
            else if (t < 3)
            {
                double[] n = new double[3];
                n[1] = h[1] * 2;
                n[2] = h[0] * h[2];
                h = n;
            }

            if (t == 2)
            {
                h = x;
            }

            sum *= h[1];
        }

        return h[0] + sum;
    }

    [Fact]
    public static void In_a_branch_alone()
    {
        Agrees(x => Chosen(x, 1), (x, d, s) => ChosenBackward(x, 1, d, s));
        Agrees(x => Chosen(x, 0), (x, d, s) => ChosenBackward(x, 0, d, s));
    }

    [Differentiable]
    internal static double Chosen(double[] x, int n)
    {
        double[] h;
        if (n > 0)
        {
            h = Step(x, x[0]);
        }
        else
        {
            h = new double[2];
            h[1] = x[0];
            h[0] = h[1] * x[2];
        }

        return h[0] * h[1];
    }

    [Fact]
    public static void The_one_before_and_the_one_before_that() => Agrees(x => Memories(x), (x, d, s) => MemoriesBackward(x, d, s));

    [Differentiable]
    internal static double Memories(double[] x)
    {
        double[] now = x, before = x, kept = x;
        double sum = 0;
        for (int t = 0; t < 4; t++)
        {
            double[] next = StepOfArray(now, x[t % 3] + before[1]);
            before = now;
            now = next;
            if (t == 1)
            {
                kept = next;
            }

            sum += before[0] * now[0];
        }

        return now[0] * before[1] * kept[2] + sum;
    }

    [Fact]
    public static void Two_that_change_places() => Agrees(x => Crossing(x), (x, d, s) => CrossingBackward(x, d, s));

    [Differentiable]
    internal static double Crossing(double[] x)
    {
        double[] a = x, b = x;
        for (int t = 0; t < 3; t++)
        {
            double[] c = Step(a, b[0]), e = StepOfArray(b, a[1]);
            if (c[0] > 0.1)
            {
                (a, b) = (e, c);
            }
            else
            {
                a = c;
            }
        }

        return a[0] * b[1];
    }

    [Fact]
    public static void Ways_out_of_the_loop() => Agrees(x => Leaving(x), (x, d, s) => LeavingBackward(x, d, s));

    [Differentiable]
    internal static double Leaving(double[] x)
    {
        double[] h = x;
        double sum = 1;
        for (int t = 0; t < 3; t++)
        {
            h = Step(h, x[t]);
            if (h[0] > 0.8)
            {
                return h[1] * sum;
            }

            sum *= h[1];
            if (sum < -0.5)
            {
                break;
            }

            sum += h[2];
        }

        return h[0] + sum;
    }

    [Fact]
    public static void The_test_of_the_loop_reads_it() => Agrees(x => Until(x), (x, d, s) => UntilBackward(x, d, s));

    [Differentiable]
    internal static double Until(double[] x)
    {
        double[] h = x;
        int n = 0;
        while (h[0] < 0.99 && n < 5)
        {
            double[] q = new double[3];
            for (int i = 0; i < 3; i++)
            {
                q[i] = Math.Sqrt(1 + h[i] * h[i]) * 0.7 + 0.1 * h[(i + 1) % 3];
            }

            h = q;
            n++;
        }

        return h[0] * h[1] * n;
    }

    /// <summary>The caller writes the array between the forward pass and the pullback; what was kept is not that array.</summary>
    [Fact]
    public static void A_caller_that_writes_the_array_afterwards() => Agrees(x => Caller(x), (x, d, s) => CallerBackward(x, d, s));

    [Differentiable]
    internal static double Caller(ReadOnlySpan<double> given)
    {
        double[] x = new double[3];
        given.CopyTo(x);
        double first = Times(x, 2) + Times(x, 0), second = Branching(x) * Memories(x);
        double[] h = LastCopied(x, 2), g = LastCopied(x, 0);
        x[0] *= first;
        x[1] = second * h[0] + g[1];
        return x[0] * x[1] + x[2] * Recurrent(x, h);
    }

    [Fact]
    public static void As_the_result()
    {
        double[] d = [0, 0, 0], value = LastBackward(point, 0, d, [1, 2, 3]);
        Assert.Same(point, value);
        Assert.Equal([1, 2, 3], d);
        Agrees(x => Last(x, 3)[1], (x, d, s) => LastBackward(x, 3, d, [0, s, 0])[1]);
    }

    [Differentiable]
    internal static double[] Last(double[] x, int n)
    {
        double[] h = x;
        for (int t = 0; t < n; t++)
        {
            h = Step(h, h[t]);
        }

        return h;
    }

    [Differentiable]
    internal static double[] LastCopied(double[] x, int n)
    {
        double[] h = x;
        for (int t = 0; t < n; t++)
        {
            h = Step(h, h[t]);
        }

        return h.ToArray();
    }

    [Fact]
    public static void Written_while_it_is_new() => Agrees(x => Written(x), (x, d, s) => WrittenBackward(x, d, s));

    [Differentiable]
    internal static double Written(double[] x)
    {
        double[] h = x;
        double sum = 0;
        for (int t = 0; t < 3; t++)
        {
            double[] n = new double[3];
            double old = h[1];
            n[0] = h[0] * x[t];
            h = n;
            n[1] = old * x[t];
            h[0] += n[1] * x[2];
            h[2] = h[0] * h[0];
            sum += h[2] * n[0];
        }

        return sum * h[0] + h[2];
    }

    /// <summary>Found by random programs: what comes after the way out was never recorded.</summary>
    [Fact]
    public static void A_way_out_before_an_inner_loop() => Agrees(x => OutOf(x), (x, d, s) => OutOfBackward(x, d, s));

    [Differentiable]
    internal static double OutOf(double[] x) => OutBefore(x) * OutBefore(x);

    [Differentiable]
    internal static double OutBefore(double[] x)
    {
        double[] h = x;
        double sum = x[0];
        for (int t = 0; t < 3; t++)
        {
            sum = Math.Tanh(x[t] + sum);
            if (sum > 0.6)
            {
                return sum * h[0];
            }

            for (int k = 0; k < t; k++)
            {
                if (sum > 0.3)
                {
                    continue;
                }

                h = Step(h, sum);
            }

            if (h[1] > 0.4)
            {
                h = Longer(h, sum);
                break;
            }
        }

        return sum + h[0] * h[^1];
    }

    /// <summary>Found by random programs: in the pullback one of the two is a span.</summary>
    [Fact]
    public static void A_choice_that_is_handed_on() => Agrees(x => HandedTwice(x), (x, d, s) => HandedTwiceBackward(x, d, s));

    [Differentiable]
    internal static double HandedTwice(double[] x) => Handed(x) + Handed(x);

    [Differentiable]
    internal static double Handed(double[] x)
    {
        double[] b = x;
        double[] n = new double[5];
        n[1] = x[0] * x[1];
        if (x[0] > 0.5)
        {
            b = n;
        }

        double[] c = StepOfArray(b, x[2]);
        return c[0] + c[1];
    }

    /// <summary>Found by random programs: an outer loop that turned out not to be reversible on the spot.</summary>
    [Fact]
    public static void Inside_a_loop_that_ends_with_another_value() => Agrees(x => Overwritten(x[1]), (x, d, s) => OverwrittenBackward(x[1], ref d[1], s));

    [Differentiable]
    internal static T Overwritten<T>(T x)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int i = 0; i < 2; i += 2)
        {
            T[] b = new T[3];
            for (int j = 0; j < 1; j += 2)
            {
                b = [T.CreateChecked(1.0), T.CreateChecked(1.5), x];
            }

            foreach (T e in b)
            {
                x = e * x;
            }
        }

        return x;
    }

    /// <summary>Found by random programs: the copy of the parameter stood behind the way out.</summary>
    [Fact]
    public static void A_parameter_at_the_end_of_a_loop_that_is_left() => Agrees(x => Reset(x, 3) * Reset(x, 0), (x, d, s) => ResetTwiceBackward(x, d, s));

    [Differentiable]
    internal static double ResetTwice(double[] x) => Reset(x, 3) * Reset(x, 0);

    [Differentiable]
    internal static double Reset(double[] x, int n)
    {
        double[] b = new double[3];
        double sum = 0;
        int trips = 0;
        do
        {
            b = [sum, x[1], 1];
            do
            {
                sum += b[1] * x[0];
                b = x;
                trips++;
            }
            while (trips < n);
        }
        while (trips++ < n);
        return b[2] * sum;
    }

    [Fact]
    public static void Single_precision()
    {
        float[] x = [0.5f, -0.25f], d = [0, 0];
        float value = SinglesBackward(x, d);
        Assert.Equal(Singles(x), value);
        Assert.Equal(16 * 0.125f * -0.25f, d[0], 1e-5f);
    }

    [Differentiable]
    internal static float Singles(float[] x)
    {
        float[] h = new float[1];
        h[0] = x[1];
        for (int t = 0; t < 2; t++)
        {
            float[] n = new float[1];
            n[0] = h[0] * x[0] * x[0] * 2;
            h = n;
        }

        return h[0];
    }
}
