using Backprop.Generator.Emit;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Transforms;

public class NamingTests
{
    private static Building With(string[] names, string[]? hidden = null)
        => new() { Container = new Container("", default, "", names.ToEquatable(), (hidden ?? []).ToEquatable()) };

    private static void Check(string expected, Building b) => Assert.Equal(expected, b.Print());

    private static Read Twice(Building b, Read x, string name, Sweep sweep) => b.Declare(name, x * x, sweep);

    [Fact]
    public void Made_up_names_yield_to_the_users()
    {
        var b = With([]);
        Variable x = b.Double("x");
        Read made = Twice(b, x.Read(), "dx", Sweep.Adjoint);
        Read users = Twice(b, made, "dx", Sweep.Primal);
        b.Return(users * users * (made * made));
        Check("""
            double dx1 = x * x;
            double dx = dx1 * dx1;
            return dx * dx * (dx1 * dx1);
            """, b);
    }

    [Fact]
    public void Made_up_names_yield_to_members_and_to_what_externals_mention()
    {
        var b = With(["seed"]);
        Variable x = b.Double("x");
        Read seed = Twice(b, x.Read(), "seed", Sweep.Adjoint);
        Read scale = Twice(b, seed, "scale", Sweep.Adjoint);
        Read users = Twice(b, scale, "limit", Sweep.Primal);
        Expr call = new External("scale({0}) + Limits.limit + limit", EquatableArray.Of<Expr>(users), IrType.Double, Effect.Pure, 0);
        b.Return(call * seed * scale * users);
        Check("""
            double seed1 = x * x;
            double scale1 = seed1 * seed1;
            double limit1 = scale1 * scale1;
            return (scale(limit1) + Limits.limit + limit) * seed1 * scale1 * limit1;
            """, b);
    }

    [Fact]
    public void Keywords_are_escaped()
    {
        var b = With([]);
        Variable @class = b.Double("class");
        Read field = b.Declare("field", @class.Read() * 2);
        Read discard = b.Declare("_", field * 2);
        Read value = b.Declare("value", discard * 2);
        b.Return(value);
        string text = b.Print();
        Assert.Equal(
            """
            double @field = @class * 2;
            double unused = @field * 2;
            double value = unused * 2;
            return value;
            """, text);
    }

    [Fact]
    public void Values_are_named_after_what_computes_them()
    {
        var b = With([]);
        Variable weights = b.Parameter("weights", Building.Doubles), w = b.Parameter("w", Building.Doubles), i = b.Int("i"), n = b.Int("n");
        Expr At(Variable memory, Expr index) => new Element(memory.Read(), EquatableArray.Of(index));
        List<Read> values =
        [
            b.Temp(At(weights, i.Read())),
            b.Temp(At(w, i.Read())),
            b.Temp(At(w, n.Read() + Numbers.Int(1))),
        ];
        values.Add(b.Temp(values[0] / values[1]));
        values.Add(b.Temp(values[0] - values[1]));
        values.Add(b.Temp(new Apply("Math.Tanh", EquatableArray.Of<Expr>(values[2]), IrType.Double)));
        values.Add(b.Temp(new Generator.IR.Convert(n.Read(), IrType.Double)));
        values.Add(b.Temp(new External("global::Some.Where.Norm<int>({0})", EquatableArray.Of<Expr>(values[2]), IrType.Double, Effect.Writes, 0)));
        foreach (Read value in values)
        {
            b.Add(new Accumulate(At(w, Numbers.Int(0)), value));
            b.Add(new Accumulate(At(w, Numbers.Int(1)), value));
        }

        b.Return(values[0]);
        string[] declared = [.. b.Print().Split('\n').Where(l => l.StartsWith("double ")).Select(l => l.Split(' ')[1])];
        Assert.Equal(["weight", "wi", "item", "ratio", "difference", "tanh", "number", "norm"], declared);
    }

    [Fact]
    public void Blocks_in_each_other_do_not_share_a_name()
    {
        var b = With([]);
        Variable a = b.Parameter("a", Building.Doubles), n = b.Int("n");
        Variable i = b.New("", IrType.Int32), j = b.New("", IrType.Int32);
        b.For(i, Numbers.Int(0), n.Read(), () => b.For(j, Numbers.Int(0), i.Read(), () =>
        {
            Read inner = b.Declare("t", b.Temp(new Element(a.Read(), EquatableArray.Of<Expr>(j.Read()))));
            b.Add(new Store(new Element(a.Read(), EquatableArray.Of<Expr>(i.Read())), inner * inner));
        }));
        Read outer = b.Declare("t", b.Temp(new Element(a.Read(), EquatableArray.Of<Expr>(Numbers.Int(0)))));
        b.Return(outer * outer);
        Check("""
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double t1 = a[j];
                    a[i] = t1 * t1;
                }
            }
            double t = a[0];
            return t * t;
            """, b);
    }

    [Fact]
    public void Hidden_types_are_qualified()
    {
        var b = With([], ["Math"]);
        Variable x = b.Double("x");
        b.Return(new Apply("Math.Exp", EquatableArray.Of<Expr>(x.Read()), IrType.Double));
        Check("return global::System.Math.Exp(x);", b);
    }

    [Fact]
    public void What_a_branch_takes_from_a_variable_is_no_old_value_of_it()
    {
        var b = With([]);
        Variable a = b.Parameter("a", Building.Writable), x = b.Double("x"), n = b.Int("n"), chosen = b.New("", IrType.Double);
        Read square = b.Declare("square", x.Read() * x.Read());
        b.If(
            new Binary(BinaryOp.Less, n.Read(), Numbers.Int(3), IrType.Bool),
            () => b.Add(new Store(new Element(a.Read(), EquatableArray.Of<Expr>(Numbers.Int(0))), square)),
            () => { },
            new Join(chosen, x.Read(), square));
        b.Return(chosen.Read() * chosen.Read());
        Check("""
            double square = x * x;
            double value;
            if (n < 3)
            {
                a[0] = square;
                value = x;
            }
            else
            {
                value = square;
            }
            return value * value;
            """, b);
    }
}
