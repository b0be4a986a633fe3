using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Transforms;

/// <summary>Which versions share a local: straight lines and branches.</summary>
public class CoalesceTests
{
    private readonly Building b = new();

    private static Expr N(double value) => IrType.Double.Number(value);

    private void Check(string expected) => Assert.True(expected == b.Print(), b.Print());

    [Fact]
    public void Versions_of_one_variable_share_a_local()
    {
        Variable a = b.Double("a");
        Read y0 = b.Declare("y", a.Read() * a.Read());
        Read y1 = b.Declare(b.VersionOf(y0.Variable), y0 * a.Read());
        Read y2 = b.Declare(b.VersionOf(y0.Variable), y1 - 3);
        b.Return(y2);
        Check("""
            double y = a * a;
            y *= a;
            y -= 3;
            return y;
            """);
    }

    [Fact]
    public void A_version_that_is_read_later_keeps_its_own_local()
    {
        Variable a = b.Double("a");
        Read y0 = b.Declare("y", a.Read() * a.Read());
        Read y1 = b.Declare(b.VersionOf(y0.Variable), y0 + 1);
        b.Return(y0 * y1);
        Check("""
            double y = a * a;
            double y1 = y + 1;
            return y * y1;
            """);
    }

    [Fact]
    public void A_parameter_is_assigned_where_its_old_value_is_no_longer_needed()
    {
        Variable x = b.Double("x");
        Read x1 = b.Declare(b.VersionOf(x), x.Read() * 2);
        b.Return(x1);
        Check("""
            x *= 2;
            return x;
            """);
    }

    [Fact]
    public void A_reference_parameter_is_written_only_where_the_function_says_so()
    {
        Variable x = b.Parameter("x", IrType.Double, Passing.Ref);
        Read x1 = b.Declare(b.VersionOf(x), x.Read() * 2);
        Read x2 = b.Declare(b.VersionOf(x), x1 + 1);
        b.Add(new WriteBack(x, x2));
        b.Return(x2);
        Check("""
            double x1 = x * 2;
            x1 += 1;
            x = x1;
            return x1;
            """);
    }

    [Fact]
    public void One_sided_assignment()
    {
        Variable x = b.Double("x");
        Read y0 = b.Declare("y", x.Read() * x.Read());
        Variable y1 = b.VersionOf(y0.Variable), y2 = b.VersionOf(y0.Variable);
        b.If(b.Temp(x.Read() < N(0)), () => b.Declare(y1, -y0), () => { }, new Join(y2, y1.Read(), y0));
        b.Return(y2.Read() + x.Read());
        Check("""
            double y = x * x;
            if (x < 0) y = -y;
            return y + x;
            """);
    }

    [Fact]
    public void An_empty_then_branch_inverts_its_test()
    {
        Variable x = b.Double("x"), n = b.Int("n");
        Read y0 = b.Declare("y", x.Read() * x.Read());
        Variable y1 = b.VersionOf(y0.Variable), y2 = b.VersionOf(y0.Variable), y3 = b.VersionOf(y0.Variable), y4 = b.VersionOf(y0.Variable);
        b.If(b.Temp(x.Read() < N(0)), () => { }, () => b.Declare(y1, -y0), new Join(y2, y0, y1.Read()));
        b.If(b.Temp(n.Read() < Numbers.Int(0)), () => { }, () => b.Declare(y3, y2.Read() * x.Read()), new Join(y4, y2.Read(), y3.Read()));
        b.Return(y4.Read());
        Check("""
            double y = x * x;
            if (!(x < 0)) y = -y;
            if (n >= 0) y *= x;
            return y;
            """);
    }

    [Fact]
    public void Nested_branches_print_as_a_ladder()
    {
        Variable n = b.Int("n"), x = b.Double("x"), trace = b.Parameter("trace", Building.Doubles);
        Variable y = b.New("y", IrType.Double);
        Variable[] v = [.. Enumerable.Range(0, 4).Select(_ => b.VersionOf(y))];
        void Log(double value) => b.Add(new Store(new Element(trace.Read(), EquatableArray.Of<Expr>(Numbers.Int(0))), N(value)));
        Variable inner = b.VersionOf(y);
        b.If(b.Temp(n.Read() < Numbers.Int(1)),
            () => { Log(1); b.Declare(v[0], x.Read() * 2); },
            () => b.If(b.Temp(n.Read() < Numbers.Int(2)),
                () => { Log(2); b.Declare(v[1], x.Read() * 3); },
                () => { Log(3); b.Declare(v[2], x.Read() * 4); },
                new Join(inner, v[1].Read(), v[2].Read())),
            new Join(v[3], v[0].Read(), inner.Read()));
        b.Return(v[3].Read());
        Check("""
            double y;
            if (n < 1)
            {
                trace[0] = 1;
                y = x * 2;
            }
            else if (n < 2)
            {
                trace[0] = 2;
                y = x * 3;
            }
            else
            {
                trace[0] = 3;
                y = x * 4;
            }
            return y;
            """);
    }

    [Fact]
    public void The_users_own_swap_prints_as_written()
    {
        Variable n = b.Int("n");
        Read a0 = b.Declare("a", N(0)), b0 = b.Declare("b", N(1));
        Variable a1 = b.VersionOf(a0.Variable), b1 = b.VersionOf(b0.Variable), a2 = b.VersionOf(a0.Variable), b2 = b.VersionOf(b0.Variable);
        Variable a3 = b.VersionOf(a0.Variable), b3 = b.VersionOf(b0.Variable);
        b.For(b.New("i", IrType.Int32), Numbers.Int(0), n.Read(), () =>
        {
            Read next = b.Declare("next", a1.Read() + b1.Read());
            b.Declare(a2, b1.Read());
            b.Declare(b2, next);
        }, new Carried(a1, a0, a2.Read(), a3), new Carried(b1, b0, b2.Read(), b3));
        b.Return(a3.Read());
        Check("""
            double a = 0;
            double b = 1;
            for (int i = 0; i < n; i++)
            {
                double next = a + b;
                a = b;
                b = next;
            }
            return a;
            """);
    }

    [Fact]
    public void Blocks_beside_each_other_declare_their_own_local_of_one_name()
    {
        Variable x = b.Parameter("x", Building.Doubles), n = b.Int("n");
        Variable error = b.New("error", IrType.Double);
        for (int loop = 0; loop < 2; loop++)
        {
            Variable i = b.New("i", IrType.Int32), version = b.VersionOf(error);
            var place = new Element(x.Read(), EquatableArray.Of<Expr>(i.Read()));
            b.For(i, Numbers.Int(0), n.Read(), () =>
            {
                Read e = b.Declare(version, b.Temp(place) - 1);
                b.Add(new Store(place, b.Temp(e * e)));
            });
        }

        b.Return(N(0));
        Check("""
            for (int i = 0; i < n; i++)
            {
                double error = x[i] - 1;
                x[i] = error * error;
            }
            for (int i = 0; i < n; i++)
            {
                double error = x[i] - 1;
                x[i] = error * error;
            }
            return 0;
            """);
    }
}
