namespace Backprop.Integration;

/// <summary>Patterns, <c>when</c> and both kinds of <c>switch</c>.</summary>
public static partial class Patterns
{
    internal enum Shape { Flat, Linear, Square, Wave }

    [Fact]
    public static void A_switch_over_an_enum()
    {
        foreach (Shape shape in Enum.GetValues<Shape>())
        {
            Check.Gradient(x => Shaped(x[0], shape), (x, d, s) => ShapedBackward(x[0], shape, ref d[0], s), [1.5], [-0.5]);
        }
    }

    [Differentiable]
    internal static double Shaped(double a, Shape shape)
    {
        double y = a;
        switch (shape)
        {
            case Shape.Flat:
                y = 1;
                break;
            case Shape.Linear:
            case (Shape)17:
                y *= 3;
                break;
            case Shape.Square:
                if (a < 0)
                {
                    break;
                }

                y *= y;
                break;
            default:
                return Math.Sin(y) * a;
        }

        return y * a;
    }

    [Fact]
    public static void A_switch_expression_with_relations_and_when()
        => Check.Gradient(x => Pieces(x[0], x[1]), (x, d, s) => PiecesBackward(x[0], x[1], ref d[0], ref d[1], s), [-3, 1], [-0.5, 1], [-0.5, -1], [2, 1], [20, 1]);

    [Differentiable]
    internal static double Pieces(double a, double b) => a switch
    {
        < -1 => a * b,
        < 0 when b > 0 => Math.Exp(a) * b,
        0 => b * b,
        > 10 and < 30 => Math.Sqrt(a) * b,
        > 100 or < -0.25 => a - b,
        _ => a * a * b,
    };

    [Fact]
    public static void Is_patterns()
        => Check.Gradient(x => Is(x[0], x[1]), (x, d, s) => IsBackward(x[0], x[1], ref d[0], ref d[1], s), [-3, 1], [0.5, 1], [0.5, 9], [2, 1]);

    [Differentiable]
    internal static double Is(double a, double b)
    {
        double y = a is > 0 and < 1 ? a * b : a - b;
        if (y * 2 is var twice && twice > 5)
        {
            y = twice * b;
        }

        if (b is not (> 0.5 and < 5))
        {
            y *= b;
        }

        return y is double same ? same * a : 0;
    }

    [Fact]
    public static void A_switch_over_integers_with_an_active_guard()
    {
        for (int kind = -1; kind <= 4; kind++)
        {
            int k = kind;
            Check.Gradient(x => Kinds(x[0], k), (x, d, s) => KindsBackward(x[0], k, ref d[0], s), [1.5], [-0.5]);
        }
    }

    [Differentiable]
    internal static double Kinds(double a, int kind)
    {
        switch (kind)
        {
            default:
                a = -a;
                break;
            case 0:
                return a;
            case 1 when a > 0:
                a *= a;
                break;
            case 1:
                a += 2;
                break;
            case > 1 and <= 3:
                a = Math.Exp(a);
                break;
        }

        return a * a;
    }

    [Fact]
    public static void A_switch_over_text_and_characters()
    {
        foreach (string? name in new[] { "sin", "cos", "", null, "none" })
        {
            Check.Gradient(x => Text(x[0], name, 'b'), (x, d, s) => TextBackward(x[0], name, 'b', ref d[0], s), [1.5]);
        }
    }

    [Differentiable]
    internal static double Text(double a, string? name, char c)
    {
        double y = name switch
        {
            "sin" => Math.Sin(a),
            "cos" => Math.Cos(a),
            { Length: 0 } => a * 2,
            null => a * a,
            _ => a,
        };
        return c is >= 'a' and <= 'z' ? y * (c - 'a') * a : y;
    }

    [Fact]
    public static void A_switch_without_a_match_throws_as_the_primal_does()
    {
        Check.Gradient(x => Only(x[0], 1), (x, d, s) => OnlyBackward(x[0], 1, ref d[0], s), [1.5]);
        double da = 0;
        Assert.Throws<InvalidOperationException>(() => OnlyBackward(1, 9, ref da));
        Assert.Equal(0, da);
    }

    [Differentiable]
    internal static double Only(double a, int kind) => kind switch
    {
        0 => a,
        1 => a * a,
        _ => throw new InvalidOperationException(),
    };

    [Fact]
    public static void A_switch_in_a_loop_with_break_and_continue()
        => Check.Gradient(x => Machine(x[0], 12), (x, d, s) => MachineBackward(x[0], 12, ref d[0], s), [0.7], [1.1], [-0.4]);

    [Differentiable]
    internal static double Machine(double a, int n)
    {
        int state = 0;
        double y = a;
        for (int i = 0; i < n; i++)
        {
            switch (state)
            {
                case 0:
                    y = Math.Sin(y) + a;
                    state = y > 0.5 ? 1 : 2;
                    break;
                case 1:
                    y *= a;
                    state = 2;
                    continue;
                case 2 when y < -3:
                    return y * a;
                default:
                    y -= 0.25 * i * a;
                    state = i % 2;
                    break;
            }

            y += 0.125 * y * y;
        }

        return y;
    }

    [Fact]
    public static void Tuples_as_tables_of_decisions()
        => Check.Gradient(x => Quadrant(x[0], x[1]), (x, d, s) => QuadrantBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2], [1.2, 2], [-1, 2], [1, -2], [-1, -2], [-1, -7], [-5, -2]);

    [Differentiable]
    internal static double Quadrant(double a, double b)
    {
        double y = (a > 0, b > 0) switch
        {
            (true, true) => a * b,
            (false, true) => a - b,
            (true, false) => a * a,
            _ => b * b * a,
        };
        switch (a, b)
        {
            case ( > 0, var t) when t > y:
                y *= t;
                break;
            case (_, < -5):
                y = a * b;
                break;
            case ( < -4, _):
                y -= b;
                break;
        }

        return (y, a) is ( > 0 and < 100, not 7) ? y * b : y;
    }

    [Fact]
    public static void Properties_of_an_inactive_object()
    {
        Version? version = new(2, 5);
        Check.Gradient(x => Versioned(x[0], version), (x, d, s) => VersionedBackward(x[0], version, ref d[0], s), [1.5]);
        Check.Gradient(x => Versioned(x[0], null), (x, d, s) => VersionedBackward(x[0], null, ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Versioned(double a, Version? version) => version switch
    {
        { Major: 1 } => a,
        { Major: > 1, Minor: 5 or 6 } => a * a * version.Minor,
        { } => 2 * a,
        null => a * a * a,
    };

    [Fact]
    public static void A_nullable_guard()
    {
        double[] weights = [2, 3];
        Check.Gradient(x => Weighted(x[0], weights), (x, d, s) => WeightedBackward(x[0], weights, ref d[0], s), [1.5]);
        Check.Gradient(x => Weighted(x[0], null), (x, d, s) => WeightedBackward(x[0], null, ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Weighted(double a, [NoGradient] double[]? weights)
    {
        if (weights is null)
        {
            return a * a;
        }

        return weights is not null && weights.Length > 1 ? a * weights[0] * weights[1] : a;
    }

    [Fact]
    public static void Nullables()
    {
        foreach (int? n in new int?[] { null, 1, 3, 4, 7 })
        {
            Check.Gradient(x => Counted(x[0], n), (x, d, s) => CountedBackward(x[0], n, ref d[0], s), [1.5]);
            Check.Gradient(x => Lifted(x[0], n, n is null ? null : "abc"), (x, d, s) => LiftedBackward(x[0], n, n is null ? null : "abc", ref d[0], s), [1.5]);
        }
    }

    [Differentiable]
    internal static double Counted(double a, int? n) => n switch
    {
        null => a,
        1 => a * a,
        > 2 and < 4 => a * 3,
        { } k when k > 6 => a * k,
        int k => a * a * k,
    };

    [Differentiable]
    internal static double Lifted(double a, int? n, string? text)
    {
        double y = n == null ? a : n != null && n > 2 ? a * n.Value : a * a;
        return y * (text?.Length ?? 7) + (text?.Trim() == "abc" ? a : 2 * a);
    }
}
