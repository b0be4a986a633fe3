using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Transforms;

/// <summary>Which versions share a local: loops and the ways out of them.</summary>
public class CoalesceLoopsTests
{
    private readonly Building b = new();

    private static Expr N(double value) => IrType.Double.Number(value);

    private void Check(string expected) => Assert.True(expected == b.Print(), b.Print());

    [Fact]
    public void A_swap_in_a_loop_needs_a_temporary()
    {
        Variable n = b.Int("n"), p = b.Double("p"), q = b.Double("q");
        Read a0 = b.Declare("a", p.Read() + 1), b0 = b.Declare("b", q.Read() + 1);
        Variable a1 = b.VersionOf(a0.Variable), b1 = b.VersionOf(b0.Variable), a2 = b.VersionOf(a0.Variable), b2 = b.VersionOf(b0.Variable);
        b.For(b.New("i", IrType.Int32), Numbers.Int(0), n.Read(), () => { }, new Carried(a1, a0, b1.Read(), a2), new Carried(b1, b0, a1.Read(), b2));
        b.Return(a2.Read() - b2.Read());
        Check("""
            double a = p + 1;
            double b = q + 1;
            for (int i = 0; i < n; i++)
            {
                double oldA = a;
                a = b;
                b = oldA;
            }
            return a - b;
            """);
    }

    [Fact]
    public void A_loop_that_starts_from_a_value_needed_later_starts_from_a_copy()
    {
        Variable x = b.Double("x"), n = b.Int("n");
        Read s0 = b.Declare("s", x.Read() * x.Read());
        Variable s1 = b.VersionOf(s0.Variable), s2 = b.VersionOf(s0.Variable), s3 = b.VersionOf(s0.Variable);
        b.For(b.New("i", IrType.Int32), Numbers.Int(0), n.Read(), () => b.Declare(s2, s1.Read() * x.Read()), new Carried(s1, s0, s2.Read(), s3));
        b.Return(s3.Read() + s0);
        Check("""
            double s = x * x;
            double s1 = s;
            for (int i = 0; i < n; i++)
            {
                s1 *= x;
            }
            return s1 + s;
            """);
    }

    [Fact]
    public void A_while_loop_with_a_break_in_the_middle()
    {
        Variable x = b.Double("x");
        Read y0 = b.Declare("y", x.Read() + 1);
        Variable y1 = b.VersionOf(y0.Variable), y2 = b.VersionOf(y0.Variable), y3 = b.VersionOf(y0.Variable), y4 = b.VersionOf(y0.Variable), y5 = b.VersionOf(y0.Variable);
        int loop = b.Id();
        Read test = null!;
        Block condition = b.Block(() => test = b.Temp(y1.Read() < N(100)));
        Block body = b.Block(() =>
        {
            b.Declare(y2, y1.Read() * y1.Read());
            b.If(b.Temp(y2.Read() > N(50)), () => b.Add(new Break(loop)), () => b.Declare(y3, y2.Read() - x.Read()), new Join(y4, y2.Read(), y3.Read()));
        });
        b.Add(new Loop(loop, new While(condition, test, Block.Empty, null), body, EquatableArray.Of(new Carried(y1, y0, y4.Read(), y5))));
        b.Return(y5.Read());
        Check("""
            double y = x + 1;
            while (y < 100)
            {
                y *= y;
                if (y > 50) break;
                y -= x;
            }
            return y;
            """);
    }

    [Fact]
    public void A_loop_that_tests_last_prints_as_do()
    {
        Variable x = b.Double("x");
        Read y0 = b.Declare("y", x.Read() + 1);
        Variable y1 = b.VersionOf(y0.Variable), y2 = b.VersionOf(y0.Variable), y3 = b.VersionOf(y0.Variable);
        int loop = b.Id();
        Block body = b.Block(() =>
        {
            Read error = b.Declare("error", x.Read() - b.Temp(y1.Read() * y1.Read()));
            b.Declare(y2, y1.Read() + error);
            b.If(b.Temp(error > N(1e-9)), () => { }, () => b.Add(new Break(loop)));
        });
        b.Add(new Loop(loop, new While(Block.Empty, Numbers.True, Block.Empty, null), body, EquatableArray.Of(new Carried(y1, y0, y2.Read(), y3))));
        b.Return(y3.Read());
        Check("""
            double y = x + 1;
            double error;
            do
            {
                error = x - y * y;
                y += error;
            }
            while (error > 1e-9);
            return y;
            """);
    }

    [Fact]
    public void A_condition_with_a_value_used_twice_is_tested_inside_the_loop()
    {
        Variable x = b.Double("x");
        Read y0 = b.Declare("y", x.Read() + 1);
        Variable y1 = b.VersionOf(y0.Variable), y2 = b.VersionOf(y0.Variable), y3 = b.VersionOf(y0.Variable);
        Read test = null!;
        Block condition = b.Block(() =>
        {
            Read square = b.Temp(y1.Read() * y1.Read());
            test = b.Temp(b.Temp(square * square) < square);
        });
        Block body = b.Block(() => b.Declare(y2, y1.Read() * 0.5));
        b.Add(new Loop(b.Id(), new While(condition, test, Block.Empty, null), body, EquatableArray.Of(new Carried(y1, y0, y2.Read(), y3))));
        b.Return(y3.Read());
        Check("""
            double y = x + 1;
            while (true)
            {
                double product = y * y;
                if (!(product * product < product)) break;
                y *= 0.5;
            }
            return y;
            """);
    }

    [Fact]
    public void A_value_from_before_a_loop_that_the_loop_reads_is_not_overwritten_in_it()
    {
        Variable x = b.Double("x"), n = b.Int("n");
        Read y0 = b.Declare("y", x.Read() + 1), sum0 = b.Declare("sum", N(0));
        Variable y1 = b.VersionOf(y0.Variable), s1 = b.VersionOf(sum0.Variable), s2 = b.VersionOf(sum0.Variable), s3 = b.VersionOf(sum0.Variable);
        b.For(b.New("i", IrType.Int32), Numbers.Int(0), n.Read(), () =>
        {
            b.Declare(y1, y0 * s1.Read());
            b.Declare(s2, y1.Read() + y1.Read());
        }, new Carried(s1, sum0, s2.Read(), s3));
        b.Return(s3.Read());
        Check("""
            double y = x + 1;
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double y1 = y * sum;
                sum = y1 + y1;
            }
            return sum;
            """);
    }

    [Fact]
    public void A_break_takes_the_values_of_its_path_along()
    {
        Variable a = b.Parameter("a", Building.Doubles), n = b.Int("n");
        Read best0 = b.Declare("best", N(0));
        Variable i = b.New("i", IrType.Int32), best1 = b.VersionOf(best0.Variable), best2 = b.VersionOf(best0.Variable), best3 = b.VersionOf(best0.Variable);
        Variable found = b.VersionOf(best0.Variable);
        int loop = b.Id();
        Block body = b.Block(() =>
        {
            Read item = b.Declare("item", new Element(a.Read(), EquatableArray.Of<Expr>(i.Read())));
            b.If(b.Temp(item > N(10)), () =>
            {
                b.Declare(found, item * 2);
                b.Add(new Break(loop));
            }, () => { }, new Join(best2, found.Read(), item));
        });
        b.Add(new Loop(loop, new Counted(i, Numbers.Int(0), BinaryOp.Less, n.Read(), 1), body, EquatableArray.Of(new Carried(best1, best0, best2.Read(), best3))));
        b.Return(best3.Read());
        Check("""
            double best = 0;
            for (int i = 0; i < n; i++)
            {
                double item = a[i];
                if (item > 10)
                {
                    best = item * 2;
                    break;
                }
                best = item;
            }
            return best;
            """);
    }

    [Fact]
    public void The_way_out_of_an_inner_loop_leads_to_the_next_iteration_of_the_outer_one()
    {
        Variable trace = b.Parameter("trace", Building.Doubles), n = b.Int("n"), p = b.Double("p");
        Read x = b.Declare("x", p.Read() + 1);
        Variable i = b.New("i", IrType.Int32), j = b.New("j", IrType.Int32), x1 = b.VersionOf(x.Variable);
        var place = new Element(trace.Read(), EquatableArray.Of<Expr>(i.Read()));
        b.For(i, Numbers.Int(0), n.Read(), () =>
        {
            int loop = b.Id();
            Block body = b.Block(() =>
            {
                b.Add(new Accumulate(place, x));
                b.If(b.Temp(new Binary(BinaryOp.Greater, j.Read(), i.Read(), IrType.Bool)), () =>
                {
                    b.Declare(x1, b.Temp(p.Read() * 2));
                    b.Add(new Accumulate(place, b.Temp(x1.Read() * x1.Read())));
                    b.Add(new Break(loop));
                }, () => { });
            });
            b.Add(new Loop(loop, new Counted(j, Numbers.Int(0), BinaryOp.Less, n.Read(), 1), body, default));
        });
        b.Return(N(0));
        Check("""
            double x = p + 1;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    trace[i] += x;
                    if (j > i)
                    {
                        double x1 = p * 2;
                        trace[i] += x1 * x1;
                        break;
                    }
                }
            }
            return 0;
            """);
    }
}
