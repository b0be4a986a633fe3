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
}
