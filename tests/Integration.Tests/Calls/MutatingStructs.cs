namespace Backprop.Integration.Calls;

/// <summary>Calls of methods that write the struct on which they are called.</summary>
public static partial class MutatingStructs
{
    internal partial struct Ball
    {
        public double Radius, Mass;
        public int Hits;

        [Differentiable]
        public double Grow(double by)
        {
            Radius *= by;
            Hits++;
            if (Radius > 5)
            {
                return Mass;
            }

            Mass += Radius;
            return Mass * by;
        }

        [Differentiable]
        public void Turn(double by)
        {
            (Radius, Mass) = (Radius * by - Mass, Mass * by + Radius);
            Grow(0.5);
        }

        [Differentiable]
        public double TurnTwice(double by)
        {
            Turn(by);
            this.Turn(by * by);
            Ball copy = this;
            copy.Grow(by);
            return Radius * copy.Mass;
        }

        /// <summary>Nothing says that it leaves the struct as it is.</summary>
        [Differentiable]
        public double Unwritten(double by) => Radius * by + Mass;

        [Differentiable]
        public readonly double Look(double by)
        {
            Ball turned = this;
            turned.Turn(by);
            return turned.Radius * Mass * by;
        }

        /// <summary>A getter that writes.</summary>
        public double Next
        {
            get
            {
                Radius *= 1.5;
                return Radius * Mass;
            }

            set
            {
                Mass = value;
                Grow(0.3);
            }
        }

        public double this[int i]
        {
            readonly get => i == 0 ? Radius : Mass;
            set
            {
                if (i == 0)
                {
                    Radius = value * Mass;
                }
                else
                {
                    Mass = value;
                }
            }
        }
    }

    internal struct Pair(Ball a, Ball b)
    {
        public Ball A = a, B = b;
        public readonly Ball Fixed = a;

        public Ball Property { get; set; } = b;
    }

    [Fact]
    public static void Locals() => Check.Gradient(x => OnLocal(x[0], x[1]), (x, d, s) => OnLocalBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [3, 2]);

    [Differentiable]
    internal static double OnLocal(double a, double b)
    {
        Ball k = new() { Radius = a, Mass = b };
        double y = k.Grow(b);
        k.Turn(a);
        if (k.Hits > 1)
        {
            y += k.Grow(y);
        }

        return y * k.Radius + k.Mass * k.Unwritten(a) * k.Look(b);
    }

    [Fact]
    public static void Loops_and_branches() => Check.Gradient(x => InLoop(x[0], x[1], 4), (x, d, s) => InLoopBackward(x[0], x[1], 4, ref d[0], ref d[1], s), [1.2, 0.7], [2, 0.3]);

    [Differentiable]
    internal static double InLoop(double a, double b, int n)
    {
        Ball k = new() { Radius = a, Mass = b };
        double y = 0;
        for (int i = 0; i < n; i++)
        {
            y += k.Grow(1.1 * b) * k.Radius;
            if (i % 2 == 0)
            {
                k.Turn(a * 0.5);
            }
            else
            {
                y += k.TurnTwice(0.3);
            }
        }

        return y + k.Mass * k.Radius;
    }

    [Fact]
    public static void Elements() => Check.Gradient(x => OnElements(x[0], x[1], 3), (x, d, s) => OnElementsBackward(x[0], x[1], 3, ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 1.5]);

    /// <summary>The variable of a foreach is written too.</summary>
    [Differentiable]
    internal static double OnElements(double a, double b, int n)
    {
        Ball[] k = new Ball[n];
        for (int i = 0; i < n; i++)
        {
            k[i] = new Ball { Radius = a * i, Mass = b + i };
        }

        double y = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                y += k[(i + j) % n].Grow(b) * k[i].Mass;
                k[j].Turn(a);
            }
        }

        foreach (Ball q in k)
        {
            y += q.Grow(a) * q.Mass;
        }

        return y + k[0].Mass;
    }

    [Fact]
    public static void Fields() => Check.Gradient(x => OnFields(x[0], x[1]), (x, d, s) => OnFieldsBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 1.5]);

    /// <summary>Of what is no variable a copy is written.</summary>
    [Differentiable]
    internal static double OnFields(double a, double b)
    {
        Pair p = new(new Ball { Radius = a, Mass = b }, new Ball { Radius = b, Mass = a });
        double y = p.A.Grow(b) + p.B.TurnTwice(a);
        y += p.Fixed.Grow(b) + p.Property.Grow(a) + new Ball { Radius = a * b }.Grow(b);
        (Ball Ball, int Count) t = (p.A, 3);
        t.Ball.Turn(b);
        return y + p.A.Radius * p.B.Mass + p.Fixed.Radius + p.Property.Mass + t.Ball.Mass;
    }

    [Fact]
    public static void A_copy_of_an_argument_is_written() => Check.Gradient(
        x => Copied(new Ball { Radius = x[0], Mass = x[1] }, x[2]),
        (x, d, s) =>
        {
            Ball gradient = default;
            double value = CopiedBackward(new Ball { Radius = x[0], Mass = x[1] }, x[2], ref gradient, ref d[2], s);
            (d[0], d[1]) = (d[0] + gradient.Radius, d[1] + gradient.Mass);
            return value;
        },
        [1.2, 0.7, 0.4]);

    [Differentiable]
    internal static double Copied(Ball k, double a)
    {
        Ball first = k, second = k;
        double y = first.Grow(a);
        second.Turn(a);
        return (y * first.Radius) + (second.Mass * ReadOnly(k, a));
    }

    [Fact]
    public static void A_copy_of_what_a_call_gives_is_written() => Check.Gradient(x => Thrown(x[0], x[1]), (x, d, s) => ThrownBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 1.5]);

    [Differentiable]
    internal static double Thrown(double a, double b)
    {
        Ball k = Made(a, b), copy = k;
        double y = copy.Grow(a);
        copy.Turn(b);
        return (y * copy.Mass) + (Made(b, a).Grow(b) * ReadOnly(k, a)) + k.Radius;
    }

    [Differentiable]
    internal static Ball Made(double a, double b) => new() { Radius = a * b, Mass = a + (b * b) };

    [Fact]
    public static void Spans_and_what_is_only_read() => Check.Gradient(x => Copies(x[0], x[1]), (x, d, s) => CopiesBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 1.5]);

    [Differentiable]
    internal static double Copies(double a, double b)
    {
        Ball k = new() { Radius = a, Mass = b };
        double y = ReadOnly(k, b) + ReadOnly(in k, a);
        Span<Ball> span = stackalloc Ball[2];
        span[0] = k;
        span[1].Mass = a;
        span[^1].Turn(b);
        ReadOnlySpan<Ball> read = span;
        y += read[0].Grow(a) + span[0].Grow(b) + span[1].Radius;
        return y + span[0].Mass + k.Radius;
    }

    [Differentiable]
    internal static double ReadOnly(in Ball k, double a)
    {
        double y = k.Grow(a);
        y += k.Next;
        return y * k.Radius + k.Mass;
    }

    [Fact]
    public static void The_order_of_evaluation() => Check.Gradient(x => Order(x[0], x[1]), (x, d, s) => OrderBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 1.5]);

    [Differentiable]
    internal static double Order(double a, double b)
    {
        Ball k = new() { Radius = a, Mass = b };
        double y = k.Mass + k.Grow(k.Mass = a * b) * k.Mass - k.Radius * k.Grow(k.Grow(2));
        return y + k.Radius + k.Grow(a) * k.Grow(a);
    }

    [Fact]
    public static void References() => Check.Gradient(x => OnReferences(x[0], x[1]), (x, d, s) => OnReferencesBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 1.5]);

    [Differentiable]
    internal static double OnReferences(double a, double b)
    {
        Ball k = new() { Radius = a, Mass = b };
        Change(ref k, b);
        Ball[] two = [k, k];
        Change(ref two[1], 0.3 * a);
        k.Radius += b;
        Change(ref k, a);
        return k.Radius * k.Mass * two[1].Radius + two[1].Mass;
    }

    [Differentiable]
    internal static void Change(ref Ball k, double a)
    {
        k.Grow(a);
        if (a > 0.5)
        {
            k.Turn(a * k.Mass);
        }
        else
        {
            k = new Ball { Mass = a };
        }
    }

    [Fact]
    public static void Accessors() => Check.Gradient(x => OnAccessors(x[0], x[1]), (x, d, s) => OnAccessorsBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.4, 0.9]);

    [Differentiable]
    internal static double OnAccessors(double a, double b)
    {
        Ball k = new() { Radius = a, Mass = b };
        double y = k.Next * k.Next;
        k.Next = y;
        k[0] = a;
        k[1] += k[0] * k[1];
        Ball[] two = [k, k];
        two[1].Next *= b;
        two[0][1] = two[1].Next;
        return y + k.Mass * k.Radius + two[1].Mass * two[1].Radius * two[0][1];
    }

    [Fact]
    public static void A_variable_passed_by_value_beside_one_that_began_with_it() => Check.Gradient(
        x => Beside(x[0], x[1]), (x, d, s) => BesideBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [-3, 2]);

    /// <summary>What <c>c</c> owes to <c>a</c> and what the second argument owes to it are both added to what was there, once.</summary>
    [Differentiable]
    internal static double Beside(double a, double b)
    {
        double c = a;
        Scale(ref c, a);
        Scale(ref c, a);
        return c * a * b;
    }

    [Differentiable]
    internal static void Scale(ref double x, double by) => x = x * by + Math.Sin(by);
}
