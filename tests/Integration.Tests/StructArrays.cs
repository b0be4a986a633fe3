namespace Backprop.Integration;

/// <summary>Arrays and spans of structs, and variables that refer to their elements.</summary>
public static partial class StructArrays
{
    private static void Whole(Func<double[], double> primal, Func<double[], double[], double, double> backward, params double[][] points)
        => Check.Gradient(x => primal(x), (x, d, s) => backward(x, d, s), points);

    [Fact]
    public static void Elements_are_read() => Whole(x => Read(Laid.All<Vec>(x)), (x, d, s) => ReadBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 5, 6], [1, 2]);

    [Differentiable]
    internal static double Read(ReadOnlySpan<Vec> points)
    {
        double sum = 0;
        for (int i = 0; i < points.Length; i++)
        {
            sum += points[i].X * points[^1].Y + points[i].Norm;
        }

        return sum;
    }

    [Fact]
    public static void Elements_are_written() => Check.InPlace(x => Write(Laid.All<Vec>(x)), (x, d, s) => WriteBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 5, 6], [1, 2]);

    [Differentiable]
    internal static double Write(Span<Vec> points)
    {
        double sum = 0;
        for (int i = 0; i < points.Length; i++)
        {
            points[i].X *= points[i].Y;
            points[i] = 2 * points[i] + points[0];
            points[i].Y++;
            sum += points[i].Norm;
        }

        return sum;
    }

    [Fact]
    public static void Nested_parts_of_elements() => Check.InPlace(x => Nested(Laid.All<Segment>(x)), (x, d, s) => NestedBackward(Laid.All<Segment>(x), Laid.All<Segment>(d), s), [1, 2, 3, 4, 5, 6, 7, 8]);

    [Differentiable]
    internal static double Nested(Span<Segment> segments)
    {
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i].To.X += segments[i].From.Y * segments[i].To.X;
            segments[i].From = segments[i].Along;
        }

        return segments[0].Length * segments[^1].To.X;
    }

    [Fact]
    public static void Elements_that_can_only_be_made_anew() => Check.InPlace(x => Renew(Laid.All<Ray>(x)), (x, d, s) => RenewBackward(Laid.All<Ray>(x), Laid.All<Ray>(d), s), [1, 2, 3, 4, 5, 6, 7, 8]);

    [Differentiable]
    internal static double Renew(Span<Ray> rays)
    {
        rays[0] = rays[0] with { Origin = rays[1].Tip };
        rays[1] = new(new(rays[1].Tip.X * rays[0].Origin.Y, 3), rays[0].Direction);
        return rays[0].Tip.Square + rays[1].Direction.X;
    }

    [Fact]
    public static void Elements_that_outsiders_cannot_make() => Check.InPlace(x => Hidden(Laid.All<Interval>(x)), (x, d, s) => HiddenBackward(Laid.All<Interval>(x), Laid.All<Interval>(d), s), [1, 2, 3, 4]);

    [Differentiable]
    internal static double Hidden(Span<Interval> intervals)
    {
        double sum = 0;
        for (int i = 0; i < intervals.Length; i++)
        {
            intervals[i] = new(intervals[i].Low * intervals[i].Low, intervals[i].Middle);
            sum += intervals[i].High * intervals[i].Low;
        }

        return sum;
    }

    [Fact]
    public static void References_to_elements() => Check.InPlace(x => Refer(Laid.All<Vec>(x), 0.1), (x, d, s) => ReferBackward(Laid.All<Vec>(x), 0.1, Laid.All<Vec>(d), ref zero, s), [1, 2, 3, 4, 5, 6]);

    [ThreadStatic]
    private static double zero;

    [Differentiable]
    internal static double Refer(Span<Vec> points, double step)
    {
        double sum = 0;
        for (int i = 1; i < points.Length; i++)
        {
            ref Vec p = ref points[i];
            ref readonly Vec before = ref points[i - 1];
            p.X += step * before.X;
            p += step * before;
            p[1] *= p.X;
            sum += p.Norm;
        }

        return sum;
    }

    [Fact]
    public static void For_each() => Whole(x => Visit(Laid.All<Vec>(x)), (x, d, s) => VisitBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static double Visit(ReadOnlySpan<Vec> points)
    {
        Vec sum = default;
        foreach (Vec p in points)
        {
            sum += p.Norm * p;
        }

        foreach (ref readonly Vec p in points)
        {
            sum = sum - p;
        }

        foreach ((double x, double y) in points)
        {
            sum.X += x * y;
        }

        return sum * sum;
    }

    [Fact]
    public static void For_each_by_reference() => Check.InPlace(x => Scale(Laid.All<Vec>(x)), (x, d, s) => ScaleBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static double Scale(Span<Vec> points)
    {
        double factor = 1;
        foreach (ref Vec p in points)
        {
            p.X *= factor;
            p = p.Y * p;
            factor += p.X;
        }

        return factor;
    }

    [Fact]
    public static void Copies_fills_and_clears() => Check.InPlace(x => Move(Laid.All<Vec>(x)), (x, d, s) => MoveBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 5, 6, 7, 8]);

    [Differentiable]
    internal static double Move(Span<Vec> points)
    {
        Vec kept = points[0];
        points[..2].CopyTo(points[1..]);
        points[..1].Fill(kept.Norm * kept);
        double sum = points[0] * points[2];
        points.Slice(3, 1).Clear();
        return sum + points[3].X;
    }

    [Fact]
    public static void Local_arrays() => Whole(x => Locals(Laid.All<Vec>(x)), (x, d, s) => LocalsBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static double Locals(ReadOnlySpan<Vec> points)
    {
        Vec[] copy = new Vec[points.Length];
        Span<Vec> halves = stackalloc Vec[points.Length];
        Vec[] few = [points[0], new(1, points[1].Y), 0.5 * points[1]];
        for (int i = 0; i < points.Length; i++)
        {
            copy[i] = points[i].X * points[i];
            halves[i].X = copy[i].Y;
        }

        points.CopyTo(halves[..]);
        double sum = 0;
        for (int i = 0; i < copy.Length; i++)
        {
            sum += copy[i] * halves[i] + few[i % few.Length].Norm;
        }

        return sum;
    }

    [Fact]
    public static void Local_arrays_of_what_outsiders_cannot_make() => Whole(x => LocalsHidden(x), (x, d, s) => LocalsHiddenBackward(x, d, s), [1, 2, 3, 4]);

    [Differentiable]
    internal static double LocalsHidden(ReadOnlySpan<double> x)
    {
        Span<Interval> intervals = stackalloc Interval[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            intervals[i] = new(x[i], x[i] * x[0]);
        }

        double sum = 0;
        foreach (Interval interval in intervals)
        {
            sum += interval.High * interval.Middle;
        }

        return sum;
    }

    [Fact]
    public static void Rectangular() => Check.Gradient(
        x => Grid(Squares(x)),
        (x, d, s) =>
        {
            Vec[,] gradient = Squares(d);
            double value = GridBackward(Squares(x), gradient, s);
            for (int i = 0; i < 4; i++)
            {
                (d[2 * i], d[2 * i + 1]) = (gradient[i / 2, i % 2].X, gradient[i / 2, i % 2].Y);
            }

            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [1, 2, 3, 4, 5, 6, 7, 8]);

    private static Vec[,] Squares(double[] x) => new Vec[,] { { new(x[0], x[1]), new(x[2], x[3]) }, { new(x[4], x[5]), new(x[6], x[7]) } };

    [Differentiable]
    internal static double Grid(Vec[,] grid)
    {
        double sum = 0;
        for (int i = 0; i < grid.GetLength(0); i++)
        {
            for (int j = 0; j < grid.GetLength(1); j++)
            {
                sum += grid[i, j].X * grid[j, i].Y * grid[i, j].Norm;
            }
        }

        return sum;
    }

    [Fact]
    public static void Of_tuples() => Check.InPlace(x => Pairs(Laid.All<(double, double)>(x)), (x, d, s) => PairsBackward(Laid.All<(double, double)>(x), Laid.All<(double, double)>(d), s), [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static double Pairs(Span<(double Value, double Weight)> pairs)
    {
        double sum = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            (pairs[i].Value, pairs[i].Weight) = (pairs[i].Weight, pairs[i].Value * pairs[0].Value);
            sum += pairs[i].Value * pairs[i].Weight;
        }

        (pairs[0], pairs[1]) = (pairs[1], pairs[0]);
        pairs[2] = (pairs[2].Value, 3);
        return sum;
    }

    [Fact]
    public static void Heap_arrays() => Check.Gradient(
        x => Jump([.. Laid.All<Vec>(x)]),
        (x, d, s) => JumpBackward([.. Laid.All<Vec>(x)], Laid.All<Vec>(d), s),
        1e-6,
        Check.Heap.UsedByTest,
        [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static double Jump(Vec[] points)
    {
        Vec[] middle = points[1..];
        Array.Reverse(order);
        double sum = 0;
        for (int i = 0; i < middle.Length; i++)
        {
            sum += middle[i].X * points[i].Y;
            middle[i].X = sum;
        }

        return sum * middle[0].Norm;
    }

    private static readonly int[] order = [0, 1, 2];

    [Fact]
    public static void Elements_with_parts_that_carry_no_derivative() => Check.Gradient(
        x => Tags([new() { Value = x[0], Count = 1, IsOn = true }, new() { Value = x[1], Count = 2, Kind = Kind.Squared }]),
        (x, d, s) =>
        {
            Tagged[] gradient = [new() { Value = d[0] }, new() { Value = d[1] }];
            double value = TagsBackward([new() { Value = x[0], Count = 1, IsOn = true }, new() { Value = x[1], Count = 2, Kind = Kind.Squared }], gradient, s);
            (d[0], d[1]) = (gradient[0].Value, gradient[1].Value);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [1.5, 2]);

    [Differentiable]
    internal static double Tags(ReadOnlySpan<Tagged> given)
    {
        Tagged[] tags = given.ToArray();
        double sum = 0;
        for (int i = 0; i < tags.Length; i++)
        {
            tags[i].Value *= tags[i].Count;
            tags[i].Count++;
            tags[i].Name = "seen";
            sum += (tags[i].Kind == Kind.Squared ? tags[i].Value * tags[i].Value : tags[i].Value) * tags[i].Count;
        }

        return tags[0].IsOn ? sum * tags[1].Value : 0;
    }

    [Fact]
    public static void Written_parts_that_carry_no_derivative()
    {
        Tagged[] primal = [new() { Value = 2, Count = 1 }], tags = [new() { Value = 2, Count = 1 }], gradient = [new() { Value = 3 }];
        double a = 5, da = 0;
        Mark(primal, a);
        MarkBackward(tags, a, gradient, ref da);
        Assert.Equal(primal, tags);
        Assert.Equal((15.0, 6.0), (gradient[0].Value, da));
        Assert.Equal((0, Kind.Plain, null, false), (gradient[0].Count, gradient[0].Kind, gradient[0].Name, gradient[0].IsOn));
    }

    [Differentiable]
    internal static void Mark(Tagged[] tags, double a)
    {
        tags[0].Value *= a;
        tags[0].Count++;
        tags[0].Name = "seen";
        tags[0].IsOn = tags[0].Value > 1;
        tags[0].Kind = Kind.Squared;
    }
}
