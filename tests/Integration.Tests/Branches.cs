namespace Backprop.Integration;

/// <summary>Choices between two ways.</summary>
public static partial class Branches
{
    [Fact]
    public static void An_if_without_else()
        => Check.Gradient(x => Without(x[0], x[1]), (x, d, s) => WithoutBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [2, 1], [-1, -2]);

    [Differentiable]
    internal static double Without(double a, double b)
    {
        double y = a * b;
        if (a > b)
        {
            y = y * y + a;
        }

        return y * b;
    }

    [Fact]
    public static void A_ladder()
        => Check.Gradient(x => Ladder(x[0]), (x, d, s) => LadderBackward(x[0], ref d[0], s), [-5], [-1], [0.5], [1.5], [10]);

    [Differentiable]
    internal static double Ladder(double a)
    {
        double y = a;
        if (a < -2)
        {
            y = a * a;
        }
        else if (a < 0)
        {
            y += Math.Exp(a);
        }
        else if (a < 1)
        {
            y *= a + 3;
        }
        else if (a < 2)
        {
            y = 7;
        }
        else
        {
            y = Math.Sqrt(y);
        }

        return y * y;
    }

    [Fact]
    public static void An_empty_then()
        => Check.Gradient(x => Empty(x[0], x[1]), (x, d, s) => EmptyBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [2, 1]);

    [Differentiable]
    internal static double Empty(double a, double b)
    {
        double y = a;
        if (a < b)
        {
        }
        else
        {
            y *= b;
        }

        if (a > b) { } else { }
        return y * y;
    }

    [Fact]
    public static void One_sided_assignments()
        => Check.Gradient(x => Sides(x[0], x[1]), (x, d, s) => SidesBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [2, 1], [-1, 4], [-3, -5]);

    [Differentiable]
    internal static double Sides(double a, double b)
    {
        double p = 1, q = b;
        if (a > 0)
        {
            p = a;
        }
        else
        {
            q = a * b;
        }

        if (b > 1.5)
        {
            q *= p;
        }

        return p * q + Math.Sin(q);
    }

    [Fact]
    public static void Early_returns()
        => Check.Gradient(x => Early(x[0], x[1]), (x, d, s) => EarlyBackward(x[0], x[1], ref d[0], ref d[1], s), [-1, 2], [0.5, 3], [0.5, 0.2], [2, 0.2], [2, 9]);

    [Differentiable]
    internal static double Early(double a, double b)
    {
        if (a < 0)
        {
            return b * a;
        }

        double t = a * b;
        if (t < 1)
        {
            if (a < 1)
            {
                return t * t;
            }

            t += b;
        }
        else if (b > 8)
        {
            return Math.Log(t);
        }

        return t * a;
    }

    [Fact]
    public static void Constant_returns_of_a_clamp()
        => Check.Gradient(x => Saturated(x[0]), (x, d, s) => SaturatedBackward(x[0], ref d[0], s), [-1], [0.25], [4]);

    [Differentiable]
    internal static double Saturated(double a)
    {
        if (a <= 0)
        {
            return 0;
        }

        if (a >= 1)
            return 1;
        return a * a * (3 - 2 * a);
    }

    [Fact]
    public static void The_boundary_belongs_to_the_branch_that_ran()
    {
        Check.Slope(x => Hinge(x[0]), (x, d, s) => HingeBackward(x[0], ref d[0], s), [0], 2);
        Check.Slope(x => Hinge(x[0]), (x, d, s) => HingeBackward(x[0], ref d[0], s), [-0.0], 2);
        Check.Slope(x => Hinge(x[0]), (x, d, s) => HingeBackward(x[0], ref d[0], s), [-1], -1);
        Check.Slope(x => Hinge(x[0]), (x, d, s) => HingeBackward(x[0], ref d[0], s), [double.NaN], -1);
    }

    [Differentiable]
    internal static double Hinge(double a) => a >= 0 ? 2 * a : -a;

    [Fact]
    public static void Short_circuits()
        => Check.Gradient(x => Circuit(x[0], x[1]), (x, d, s) => CircuitBackward(x[0], x[1], ref d[0], ref d[1], s), [-1, 2], [3, 2], [3, -2], [0.5, 0.5]);

    [Differentiable]
    internal static double Circuit(double a, double b)
    {
        double y = 1;
        if (a > 0 && Math.Log(a) * (y = a * b) > 0)
        {
            y += a;
        }

        if (a < 0 || (y *= b) < 0 || a > 2.5)
        {
            y -= b * b;
        }

        bool both = a > 0 & (y += 1) > b | b > 7 ^ a > 100;
        return both ? y * a : y;
    }

    [Fact]
    public static void Nested_ternaries()
        => Check.Gradient(x => Ternaries(x[0], x[1]), (x, d, s) => TernariesBackward(x[0], x[1], ref d[0], ref d[1], s), [-1, 2], [3, 2], [3, -2], [0.5, 0.4], [-2, -4]);

    [Differentiable]
    internal static double Ternaries(double a, double b)
    {
        double y = a > 0 ? b > 0 ? a * b : a - b : b > 0 ? b * b : (a < -1 ? Math.Exp(a) : 3);
        return (a > b ? y : -y) * (b > a ? 1 : a);
    }

    [Fact]
    public static void A_ternary_as_an_index()
        => Check.Gradient(x => Picks(x), (x, d, s) => PicksBackward(x, d, s), [-1, 2, 3], [3, 2, 1]);

    [Differentiable]
    internal static double Picks(ReadOnlySpan<double> a) => a[a[0] > a[1] ? 0 : 2] * a[a.Length > 2 ? 1 : 0];

    [Fact]
    public static void Branches_in_branches_that_write_the_same_variable()
        => Check.Gradient(x => Tree(x[0], x[1]), (x, d, s) => TreeBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [1, -2], [-1, 2], [-1, -2], [5, 0.1]);

    [Differentiable]
    internal static double Tree(double a, double b)
    {
        double u = a, v = b;
        if (a > 0)
        {
            u = Math.Exp(-u);
            if (b > 0)
            {
                v = u * v;
                if (a > 4)
                {
                    u = v * v;
                }
            }
            else
            {
                u = Math.Sqrt(u + v * v);
            }

            v += u * u;
        }
        else if (b > 0)
        {
            (u, v) = (v, u);
        }

        return u * v;
    }

    [Fact]
    public static void Both_sides_the_same()
        => Check.Gradient(x => Alike(x[0]), (x, d, s) => AlikeBackward(x[0], ref d[0], s), [1], [-1]);

    [Differentiable]
    internal static double Alike(double a)
    {
        double y;
        if (a > 0)
        {
            y = a * a;
        }
        else
        {
            y = a * a;
        }

        return y > 0.5 ? y : y;
    }

    [Fact]
    public static void A_guard_that_throws()
    {
        Check.Gradient(x => Guarded(x[0]), (x, d, s) => GuardedBackward(x[0], ref d[0], s), [1.5]);
        double da = 0;
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => GuardedBackward(-1, ref da));
        Assert.Equal("a", error.ParamName);
        Assert.Equal(0, da);
        Assert.Throws<ArgumentOutOfRangeException>(() => GuardedBackward(7, ref da));
        Assert.Equal(Assert.Throws<InvalidOperationException>(() => Guarded(3)).Message, Assert.Throws<InvalidOperationException>(() => GuardedBackward(3, ref da)).Message);
        Check.Gradient(x => Guarded(x[0]), (x, d, s) => GuardedBackward(x[0], ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Guarded(double a)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        if (a > 5)
        {
            throw new ArgumentOutOfRangeException(nameof(a), "too large");
        }

        double y = a * a;
        return y < 9 ? Math.Sqrt(y + a) : throw new InvalidOperationException($"{a} is not less than 3");
    }

    [Fact]
    public static void A_guard_before_an_allocation()
    {
        Check.Gradient(x => Sized(x[0], 3), (x, d, s) => SizedBackward(x[0], 3, ref d[0], s), [1.5]);
        double da = 0;
        Assert.Throws<ArgumentOutOfRangeException>(() => SizedBackward(1, -1, ref da));
        Assert.Throws<OverflowException>(() => SizedBackward(1, -2, ref da));
        Check.Gradient(x => Sized(x[0], 3), (x, d, s) => SizedBackward(x[0], 3, ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Sized(double a, int n)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(n, -1);
        double[] t = new double[n];
        for (int i = 1; i < n; i++)
        {
            t[i] = Math.Sin(t[i - 1] + a);
        }

        return t[^1] * a;
    }

    [Fact]
    public static void A_condition_kept_in_a_variable_that_changes()
        => Check.Gradient(x => Flags(x[0], x[1]), (x, d, s) => FlagsBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [-1, 2], [-1, -2], [2, -3]);

    [Differentiable]
    internal static double Flags(double a, double b)
    {
        bool up = a > 0;
        double y = up ? a * b : b;
        up = !up && b > 0;
        if (up)
        {
            y *= b;
        }

        up |= y > 1;
        return up ? y * y : -y;
    }

    [Fact]
    public static void A_flag_that_its_own_branch_turns_around()
        => Check.Gradient(x => Turns(x[0], x[1]), (x, d, s) => TurnsBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [-1, 2], [-1, -2], [2, -3]);

    [Differentiable]
    internal static double Turns(double a, double b)
    {
        bool up = a > 0;
        if (up)
        {
            a *= b;
            up = b > 0;
        }
        else
        {
            up = true;
            b *= Math.Exp(a);
        }

        for (int i = 0; i < 3; i++)
        {
            if (up)
            {
                up = false;
                a = Math.Sin(a) * b;
            }
            else
            {
                b += a * a;
                up = b > 3;
            }
        }

        return up ? a * b : a - b;
    }

    [Fact]
    public static void The_test_reads_what_the_branch_overwrites()
        => Check.Gradient(x => Moves(x[0]), (x, d, s) => MovesBackward(x[0], ref d[0], s), [0.4], [2], [-1]);

    [Differentiable]
    internal static double Moves(double a)
    {
        if (a > 0)
        {
            a = -a * a;
        }

        if (a < 0)
        {
            a = a * a * a + 1;
        }

        return a * a;
    }
}
