using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Transforms;

public class InlineTests
{
    private readonly Building b = new();

    private static Expr N(double value) => IrType.Double.Number(value);

    private static Element At(Variable memory, Expr index) => new(memory.Read(), EquatableArray.Of(index));

    private void Check(string expected) => Assert.Equal(expected, b.Print());

    [Fact]
    public void Values_used_once_go_into_their_use_and_named_ones_stay()
    {
        Variable x = b.Double("x");
        Read t = b.Temp(x.Read() * x.Read());
        Read y = b.Declare("y", t + 1);
        b.Return(b.Temp(y - b.Temp(x.Read() - 2)));
        Check("""
            double y = x * x + 1;
            return y - (x - 2);
            """);
    }

    [Fact]
    public void A_value_used_twice_is_named_after_its_operation()
    {
        Variable x = b.Double("x");
        Read e = b.Temp(new Apply("Math.Exp", EquatableArray.Of<Expr>(x.Read()), IrType.Double));
        Read f = b.Temp(new Apply("Math.Exp", EquatableArray.Of<Expr>(e), IrType.Double));
        b.Return(e * e + f * f);
        Check("""
            double exp = Math.Exp(x);
            double exp1 = Math.Exp(exp);
            return exp * exp + exp1 * exp1;
            """);
    }

    [Fact]
    public void Loads_keep_their_order()
    {
        Variable a = b.Parameter("a", Building.Doubles), i = b.Int("i"), j = b.Int("j");
        Read first = b.Temp(At(a, i.Read()));
        Read second = b.Temp(At(a, j.Read()));
        b.Return(b.Temp(second - first));
        Check("""
            double ai = a[i];
            return a[j] - ai;
            """);
    }

    [Fact]
    public void A_load_does_not_move_past_a_store()
    {
        Variable a = b.Parameter("a", Building.Doubles), i = b.Int("i");
        Read old = b.Temp(At(a, i.Read()));
        b.Add(new Store(At(a, i.Read()), N(0)));
        b.Return(b.Temp(old * 2));
        Check("""
            double ai = a[i];
            a[i] = 0;
            return ai * 2;
            """);
    }

    [Fact]
    public void A_division_that_may_throw_stays_before_a_store()
    {
        Variable a = b.Parameter("a", Building.Doubles), n = b.Int("n"), k = b.Int("k");
        Read ratio = b.Temp(new Binary(BinaryOp.Divide, n.Read(), k.Read(), IrType.Int32));
        Read half = b.Temp(new Binary(BinaryOp.Divide, n.Read(), Numbers.Int(2), IrType.Int32));
        b.Add(new Store(At(a, Numbers.Int(0)), N(1)));
        b.Return(b.Temp(new Generator.IR.Convert(b.Temp(new Binary(BinaryOp.Add, ratio, half, IrType.Int32)), IrType.Double)));
        Check("""
            int ratio = n / k;
            a[0] = 1;
            return ratio + n / 2;
            """);
    }

    [Fact]
    public void A_call_is_not_made_after_the_index_check_of_a_span_store()
    {
        Variable s = b.Parameter("s", Building.Writable), a = b.Parameter("a", Building.Doubles), i = b.Int("i");
        External Call() => new("Next()", default, IrType.Double, Effect.Writes, 0);
        b.Add(new Store(At(s, i.Read()), b.Temp(Call())));
        b.Add(new Store(At(a, i.Read()), b.Temp(Call())));
        b.Add(new Accumulate(At(a, i.Read()), b.Temp(Call())));
        b.Return(N(0));
        Check("""
            double next = Next();
            s[i] = next;
            a[i] = Next();
            double next1 = Next();
            a[i] += next1;
            return 0;
            """);
    }

    [Fact]
    public void A_branch_that_only_chooses_becomes_a_conditional_expression()
    {
        Variable x = b.Double("x"), flag = b.Parameter("flag", IrType.Bool);
        Variable chosen = b.New("", IrType.Double);
        Expr then = null!, @else = null!;
        Block first = b.Block(() => then = b.Temp(x.Read() * 2)), second = b.Block(() => @else = b.Temp(-x.Read()));
        b.Add(new If(b.Id(), flag.Read(), first, second, EquatableArray.Of(new Join(chosen, then, @else))));
        Read y = b.Declare("y", chosen.Read());
        b.Return(y * y);
        Check("""
            double y = flag ? x * 2 : -x;
            return y * y;
            """);
    }

    [Fact]
    public void Short_circuits()
    {
        Variable x = b.Double("x"), flag = b.Parameter("flag", IrType.Bool), a = b.Parameter("a", Building.Doubles);
        Variable and = b.New("", IrType.Bool), or = b.New("", IrType.Bool);
        Expr inThen = null!, inElse = null!;
        Block then = b.Block(() => inThen = b.Temp(b.Temp(At(a, Numbers.Int(0))) < x.Read()));
        b.Add(new If(b.Id(), flag.Read(), then, Block.Empty, EquatableArray.Of(new Join(and, inThen, Numbers.False))));
        Block @else = b.Block(() => inElse = b.Temp(b.Temp(At(a, Numbers.Int(1))) < x.Read()));
        b.Add(new If(b.Id(), and.Read(), Block.Empty, @else, EquatableArray.Of(new Join(or, Numbers.True, inElse))));
        Variable y = b.New("y", IrType.Double), y1 = b.VersionOf(y), y2 = b.VersionOf(y);
        b.Declare(y, x.Read());
        b.If(or.Read(), () => b.Declare(y1, y.Read() * y.Read()), () => { }, new Join(y2, y1.Read(), y.Read()));
        b.Return(y2.Read());
        Check("""
            double y = x;
            if (flag && a[0] < x || a[1] < x) y *= y;
            return y;
            """);
    }

    [Fact]
    public void Long_expressions_are_broken_into_lines()
    {
        Variable x = b.Double("temperature"), y = b.Double("conductivity");
        Expr sum = b.Temp(x.Read() * y.Read());
        for (int i = 0; i < 6; i++)
        {
            sum = b.Temp(sum + b.Temp(x.Read() * y.Read()));
        }

        b.Return(sum);
        string text = b.Print();
        Assert.True(text.Split('\n').Length is > 1 and < 5, text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 1, 120));
    }

    [Fact]
    public void Lengths_are_written_where_they_are_used()
    {
        Variable a = b.Parameter("a", Building.Doubles);
        Read n = b.Temp(new Length(a.Read()));
        Read last = b.Temp(new Binary(BinaryOp.Subtract, n, Numbers.Int(1), IrType.Int32));
        Variable s0 = b.New("s", IrType.Double), s1 = b.VersionOf(s0), s2 = b.VersionOf(s0), s3 = b.VersionOf(s0), i = b.New("", IrType.Int32);
        b.Declare(s0, N(0));
        b.For(i, Numbers.Int(0), last, () => b.Declare(s2, s1.Read() + b.Temp(At(a, i.Read()))), new Carried(s1, s0.Read(), s2.Read(), s3));
        b.Return(b.Temp(s3.Read() / b.Temp(new Generator.IR.Convert(n, IrType.Double))));
        Check("""
            double s = 0;
            for (int i = 0; i < a.Length - 1; i++)
            {
                s += a[i];
            }
            return s / a.Length;
            """);
    }

    [Fact]
    public void Cotangents_used_once_fold_when_they_are_short()
    {
        Variable error = b.Double("error"), seed = b.Double("seed"), x = b.Double("x"), dSlope = b.Parameter("dSlope", IrType.Double, Passing.Ref);
        Read dError = b.Declare("dError", b.Temp(2 * error.Read()) * seed.Read(), Sweep.Adjoint);
        b.Add(new Accumulate(dSlope.Read(), b.Temp(dError * x.Read())));
        Read dOther = b.Declare("dOther", seed.Read() * x.Read(), Sweep.Adjoint);
        b.Add(new Accumulate(dSlope.Read(), b.Temp(-dOther)));
        b.Return(N(0));
        Check("""
            double dError = 2 * error * seed;
            dSlope += dError * x;
            dSlope -= seed * x;
            return 0;
            """);
    }

    [Fact]
    public void What_nothing_needs_is_dropped_unless_it_may_throw()
    {
        Variable a = b.Parameter("a", Building.Doubles), x = b.Double("x");
        b.Declare("unused", x.Read() * 2);
        b.Declare("load", At(a, Numbers.Int(3)));
        b.Return(x.Read());
        Check("""
            _ = a[3];
            return x;
            """);
    }

    [Fact]
    public void Storage_whose_length_is_copied_is_computed_once()
    {
        Variable rows = b.Parameter("rows", new ArrayType(Building.Doubles, 1)), i = b.Int("i"), flag = b.Parameter("flag", IrType.Bool);
        Read row = b.Temp(At(rows, i.Read()));
        Variable chosen = b.New("", IrType.Int32);
        Expr then = null!;
        Block block = b.Block(() =>
        {
            Read n = b.Temp(new Length(row));
            then = b.Temp(n * n);
        });
        b.Add(new If(b.Id(), flag.Read(), block, Block.Empty, EquatableArray.Of(new Join(chosen, then, Numbers.Int(0)))));
        b.Return(b.Temp(new Generator.IR.Convert(chosen.Read(), IrType.Double)));
        Check("""
            double[] row = rows[i];
            return flag ? row.Length * row.Length : 0;
            """);
    }

    [Fact]
    public void An_integer_is_not_divided_by_a_constant_zero()
    {
        Variable n = b.Int("n");
        Read zero = b.Temp(Numbers.Int(0));
        b.Return(b.Temp(new Generator.IR.Convert(b.Temp(new Binary(BinaryOp.Divide, n.Read(), zero, IrType.Int32)), IrType.Double)));
        Check("""
            int value = 0;
            return n / value;
            """);
    }
}
