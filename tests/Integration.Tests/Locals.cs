namespace Backprop.Integration;

/// <summary>Variables that change.</summary>
public static partial class Locals
{
    [Fact]
    public static void The_same_name_in_several_scopes()
        => Check.Gradient(x => Scopes(x[0], x[1]), (x, d, s) => ScopesBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-1.5, 2]);

    [Differentiable]
    internal static double Scopes(double a, double b)
    {
        double sum = 0;
        {
            double t = a * b;
            sum += t * t;
        }

        {
            double t = Math.Sin(a);
            sum += t * b;
        }

        if (a > 0)
        {
            double t = sum * a;
            sum -= t;
        }
        else
        {
            double t = sum + b;
            sum *= t;
        }

        for (int i = 0; i < 2; i++)
        {
            double t = a + i;
            sum += t * sum;
        }

        return sum;
    }

    [Fact]
    public static void Unassigned_then_assigned()
        => Check.Gradient(x => Later(x[0], x[1]), (x, d, s) => LaterBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-1.5, 2]);

    [Differentiable]
    internal static double Later(double a, double b)
    {
        double y, z;
        if (a > 0)
        {
            y = a * b;
            z = y + a;
        }
        else
        {
            z = b * b;
            y = z - a;
        }

        return y * z;
    }

    [Fact]
    public static void A_variable_squared_onto_itself()
        => Check.Gradient(x => Squares(x[0]), (x, d, s) => SquaresBackward(x[0], ref d[0], s), [1.1], [-0.6]);

    [Differentiable]
    internal static double Squares(double x)
    {
        double y = x + 0.5;
        y = y * y;
        y = y * y;
        y *= y;
        return y;
    }

    [Fact]
    public static void A_parameter_that_is_written()
        => Check.Gradient(x => Parameter(x[0], x[1]), (x, d, s) => ParameterBackward(x[0], x[1], ref d[0], ref d[1], s), [1.1, 2], [-0.6, 1]);

    [Differentiable]
    internal static double Parameter(double a, double b)
    {
        a = a * b + 1;
        b -= a;
        a *= a;
        return a * b + a;
    }

    [Fact]
    public static void A_parameter_that_is_overwritten_gets_nothing()
        => Check.Gradient(x => Overwritten(x[0], x[1]), (x, d, s) => OverwrittenBackward(x[0], x[1], ref d[0], ref d[1], s), [1.1, 2]);

    [Differentiable]
    internal static double Overwritten(double a, double b)
    {
        a = b * b;
        return a * a;
    }

    [Fact]
    public static void Steps_as_values()
        => Check.Gradient(x => Steps(x[0]), (x, d, s) => StepsBackward(x[0], ref d[0], s), [1.3], [-2.1]);

    [Differentiable]
    internal static double Steps(double x)
    {
        double y = x++ * x;
        y += ++x * x--;
        y -= --x / (x++ + 10) + x * x;
        int n = 3;
        y *= n++ + n-- * --n;
        return y * x;
    }

    [Fact]
    public static void Chained_assignment()
        => Check.Gradient(x => Chained(x[0], x[1]), (x, d, s) => ChainedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.3, 0.4]);

    [Differentiable]
    internal static double Chained(double x, double y)
    {
        double a, b, c;
        a = b = c = x * y;
        b += a = c *= 2 + x;
        return a * b - c * (a = y) + a;
    }

    [Fact]
    public static void Assignment_inside_a_condition()
        => Check.Gradient(x => InCondition(x[0], x[1]), (x, d, s) => InConditionBackward(x[0], x[1], ref d[0], ref d[1], s), [1.3, 0.4], [3, 2], [-1, 3]);

    [Differentiable]
    internal static double InCondition(double x, double y)
    {
        double t;
        if ((t = x * y) > 1 && (x = t + y) > 2)
        {
            t *= x;
        }

        return (t += y) < 3 || (y = t * x) > 100 ? t * y : t - y * x;
    }

    [Fact]
    public static void Dead_stores()
        => Check.Gradient(x => Dead(x[0]), (x, d, s) => DeadBackward(x[0], ref d[0], s), [1.3]);

    [Differentiable]
    internal static double Dead(double x)
    {
        double y = Math.Exp(x);
        y = x * 2;
        double z = y;
        y = 100;
        z = z * x;
        return z + y - 100;
    }

    [Fact]
    public static void All_compound_assignments()
        => Check.Gradient(x => Compound(x[0], x[1]), (x, d, s) => CompoundBackward(x[0], x[1], ref d[0], ref d[1], s), [1.3, 0.4], [-1.9, 2.4]);

    [Differentiable]
    internal static double Compound(double x, double y)
    {
        double r = x;
        r += y * r;
        r -= x / (r + 10);
        r *= r + x;
        r /= 2 + y * y;
        r %= 1.75;
        int n = 5;
        n <<= 1;
        n |= 1;
        n ^= 3;
        n &= 0xE;
        n %= 5;
        n >>= 1;
        return r * r + n * x;
    }

    [Fact]
    public static void A_variable_read_and_written_in_one_expression()
        => Check.Gradient(x => Mixed(x[0]), (x, d, s) => MixedBackward(x[0], ref d[0], s), [1.3], [-0.4]);

    [Differentiable]
    internal static double Mixed(double x)
    {
        double y = x * 2;
        y += (y = x * x) * y;
        double z = y + (y = Math.Cos(y)) + y * (y += x);
        return z * y;
    }

    [Fact]
    public static void Swaps()
        => Check.Gradient(x => Swap(x[0], x[1], x[2]), (x, d, s) => SwapBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1.3, 0.4, 2]);

    [Differentiable]
    internal static double Swap(double a, double b, double c)
    {
        double t = a;
        a = b;
        b = t;
        (a, b, c) = (c, a * b, b);
        (a, c) = (c, a);
        return a * a + Math.Sin(b) * c - c;
    }

    [Fact]
    public static void Swaps_in_a_loop()
        => Check.Gradient(x => Rotate(x[0], x[1], x[2], 7), (x, d, s) => RotateBackward(x[0], x[1], x[2], 7, ref d[0], ref d[1], ref d[2], s), [1.3, 0.4, 0.7]);

    [Differentiable]
    internal static double Rotate(double a, double b, double c, int n)
    {
        for (int i = 0; i < n; i++)
        {
            (a, b, c) = (b, c, Math.Sin(a * b) + c);
        }

        return a + 2 * b + 3 * c;
    }

    [Fact]
    public static void Deconstruction()
        => Check.Gradient(x => Deconstructed(x[0], x[1]), (x, d, s) => DeconstructedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.3, 0.4]);

    [Differentiable]
    internal static double Deconstructed(double a, double b)
    {
        (double p, double q) = (a * b, a - b);
        var (r, (t, _)) = (p + q, (q * q, b));
        (p, var u) = (q, p * r);
        return p * r + t * u;
    }

    [Fact]
    public static void A_variable_written_on_one_side_only_and_used_after_the_loop()
        => Check.Gradient(x => OneSided(x[0], x[1], 6), (x, d, s) => OneSidedBackward(x[0], x[1], 6, ref d[0], ref d[1], s), [0.9, 0.4], [-0.9, 1.4]);

    [Differentiable]
    internal static double OneSided(double a, double b, int n)
    {
        double last = a, sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Math.Sin(a * i) * b;
            if (sum > 0.3)
            {
                last = sum * last;
            }
        }

        return last * sum + last;
    }

    [Fact]
    public static void A_local_of_the_body_used_after_overwriting_what_made_it()
        => Check.Gradient(x => Stale(x[0], x[1]), (x, d, s) => StaleBackward(x[0], x[1], ref d[0], ref d[1], s), [0.9, 0.4]);

    [Differentiable]
    internal static double Stale(double a, double b)
    {
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            double p = a * b;
            a = a + Math.Exp(-p);
            b = b * p;
            sum += p * a * b;
            p = 0;
            sum += p * a;
        }

        return sum;
    }

    [Fact]
    public static void Discards_and_names_of_every_alphabet()
        => Check.Gradient(x => Größe(x[0], x[1]), (x, d, s) => GrößeBackward(x[0], x[1], ref d[0], ref d[1], s), [0.9, 0.4]);

    [Differentiable]
    internal static double Größe(double größe, double λ)
    {
        _ = größe * λ;
        double Δ = größe - λ, _x = λ * Δ, x_1 = _x * Δ;
        return Δ * _x + x_1;
    }
}
