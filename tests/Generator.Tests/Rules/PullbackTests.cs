using Backprop.Generator.IR;
using Backprop.Generator.Rules;
using Convert = Backprop.Generator.IR.Convert;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The door of the reverse pass: what it builds for whom.</summary>
public sealed class PullbackTests
{
    private static readonly Read A = Named("a", IrType.Double);
    private static readonly Read B = Named("b", IrType.Double);
    private static readonly Read Y = Named("y", IrType.Double);
    private static readonly Read Dy = Named("dy", IrType.Double);
    private static readonly Read Single = Named("s", IrType.Single);
    private static readonly Read Whole = Named("n", IrType.Int32);
    private static readonly Read Test = Named("test", IrType.Bool);

    [Fact]
    public void A_sum_passes_its_cotangent_on() => Expect(A + B, new(A, Dy), new(B, Dy));

    [Fact]
    public void A_difference_negates_the_second() => Expect(A - B, new(A, Dy), new(B, -Dy));

    [Fact]
    public void A_product_crosses_over() => Expect(A * B, new(A, Dy * B), new(B, Dy * A));

    [Fact]
    public void A_square_contributes_twice() => Expect(A * A, new(A, Dy * A), new(A, Dy * A));

    [Fact]
    public void A_quotient_shares_its_division() => Expect(A / B, new(A, Dy / B), new(B, -(Dy / B) * Y));

    [Fact]
    public void A_sign_is_kept_or_turned()
    {
        Expect(-A, new Contribution(A, -Dy));
        Expect(new Unary(UnaryOp.Plus, A, IrType.Double), new Contribution(A, Dy));
    }

    [Fact]
    public void A_copy_passes_its_cotangent_on() => Expect(A, new Contribution(A, Dy));

    [Fact]
    public void A_conversion_converts_back()
    {
        Expect(new Convert(Single, IrType.Double), new Contribution(Single, new Convert(Dy, IrType.Single)));
        Expect(new Convert(A, IrType.Int32));
        Expect(new Convert(Whole, IrType.Double));
    }

    [Fact]
    public void A_choice_goes_to_the_side_that_was_taken()
    {
        Literal zero = IrType.Double.Number(0);
        Expect(
            new Conditional(Test, A, B),
            new(A, new Conditional(Test, Dy, zero)),
            new(B, new Conditional(Test, zero, Dy)));
    }

    [Fact]
    public void Comparisons_and_stopped_values_pass_nothing()
    {
        Expect(A < B);
        Expect(new Stop(A));
        Expect(Call("Math.Floor", A));
        Expect(Call("Math.Sign", A) with { Of = IrType.Int32 });
    }

    [Fact]
    public void Integers_pass_nothing()
    {
        Expect(new Binary(BinaryOp.Multiply, Whole, Whole, IrType.Int32));
        Expect(new Apply("Math.Max", EquatableArray.Of<Expr>(Whole, Whole), IrType.Int32));
    }

    [Fact]
    public void Nothing_is_built_for_constants() => Expect(A * IrType.Double.Number(2), new Contribution(A, Dy * 2));

    [Fact]
    public void Nothing_is_built_for_operands_that_are_not_wanted()
    {
        IReadOnlyList<Contribution> contributions = Pullback.Of(Call("Math.Pow", A, B), Y, Dy, operand => operand.Equals(A));
        Contribution only = Assert.Single(contributions);
        Assert.Equal(A, only.Operand);
        Assert.DoesNotContain("Math.Log", only.Cotangent.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    [InlineData(1)]
    public void Constant_powers_need_no_power(double exponent)
    {
        Expr cotangent = Assert.Single(Pullback.Of(Call("Math.Pow", A, IrType.Double.Number(exponent)), Y, Dy)).Cotangent;
        Assert.DoesNotContain("Math.Pow", cotangent.ToString());
    }

    [Theory]
    [InlineData(2, 3.0)]
    [InlineData(3, -2.0)]
    [InlineData(7, 0.3)]
    [InlineData(32, 1.1)]
    [InlineData(33, 1.1)]
    [InlineData(-1, -2.0)]
    [InlineData(-3, -2.0)]
    [InlineData(-4, 0.3)]
    [InlineData(0.5, 2.0)]
    [InlineData(-0.5, 2.0)]
    [InlineData(1.5, 2.0)]
    [InlineData(1.7, 2.0)]
    [InlineData(-1.7, 2.0)]
    public void Constant_powers_have_the_slope_of_the_power(double exponent, double x)
    {
        double expected = exponent * Math.Pow(x, exponent - 1);
        double slope = Slopes.Of(o => Call("Math.Pow", o[0], IrType.Double.Number(exponent)), [x], 0);
        Assert.InRange(slope / expected, 1 - 1e-14, 1 + 1e-14);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, double.PositiveInfinity)]
    [InlineData(1, 1)]
    [InlineData(1.5, 0)]
    [InlineData(2, 0)]
    [InlineData(2.5, 0)]
    [InlineData(3, 0)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(-2, double.NegativeInfinity)]
    [InlineData(-0.5, double.NegativeInfinity)]
    [InlineData(-1.5, double.NegativeInfinity)]
    public void Constant_powers_of_zero_have_the_slope_of_the_limit(double exponent, double expected)
        => Assert.Equal(expected, Slopes.Of(o => Call("Math.Pow", o[0], IrType.Double.Number(exponent)), [0.0], 0));

    [Fact]
    public void The_zeroth_power_contributes_nothing() => Expect(Call("Math.Pow", A, IrType.Double.Number(0)));

    [Fact]
    public void A_rectifier_is_one_comparison()
    {
        Literal zero = IrType.Double.Number(0);
        Expect(Call("Math.Max", A, zero), new Contribution(A, new Conditional(A < zero, zero, Dy)));
        Expect(Call("Math.Max", zero, A), new Contribution(A, new Conditional(zero >= A, zero, Dy)));
        Expect(Call("Math.Min", A, zero), new Contribution(A, new Conditional(A > zero, zero, Dy)));
    }

    [Theory]
    [InlineData("Math.Max", 0.0, 1)]
    [InlineData("Math.Max", -1.0, 0)]
    [InlineData("Math.Max", double.NaN, 1)]
    [InlineData("Math.Min", 0.0, 1)]
    [InlineData("Math.Min", 1.0, 0)]
    [InlineData("Math.Min", double.NaN, 1)]
    public void A_constant_second_operand_loses_ties(string primitive, double x, double expected)
        => Assert.Equal(expected, Slopes.Of(o => Call(primitive, o[0], IrType.Double.Number(0)), [x], 0));

    [Theory]
    [InlineData("Math.Max", 0.0, 0)]
    [InlineData("Math.Max", double.NaN, 1)]
    [InlineData("Math.Min", 0.0, 0)]
    [InlineData("Math.Min", double.NaN, 1)]
    public void A_constant_first_operand_wins_ties(string primitive, double x, double expected)
        => Assert.Equal(expected, Slopes.Of(o => Call(primitive, IrType.Double.Number(0), o[0]), [x], 0));

    [Theory]
    [InlineData(334.1272457484748, 0.9438622761256351, -353)]
    [InlineData(-334.1272457484748, 0.9438622761256351, 353)]
    [InlineData(7.5, -2.0, 3)]
    [InlineData(1.5, double.PositiveInfinity, 0)]
    [InlineData(6.0, 3.0, -2)]
    public void A_remainder_counts_what_it_took_away(double a, double b, double expected)
    {
        Assert.Equal(1, Slopes.Of(o => new Binary(BinaryOp.Remainder, o[0], o[1], IrType.Double), [a, b], 0));
        Assert.Equal(expected, Slopes.Of(o => new Binary(BinaryOp.Remainder, o[0], o[1], IrType.Double), [a, b], 1));
    }

    [Fact]
    public void A_derivative_flows_through_numbers_only()
    {
        Assert.True(Pullback.Flows(A * B, 1));
        Assert.True(Pullback.Flows(Call("Math.Atan2", A, B), 1));
        Assert.False(Pullback.Flows(Call("Math.CopySign", A, B), 1));
        Assert.False(Pullback.Flows(Call("Math.ScaleB", A, Whole), 1));
        Assert.False(Pullback.Flows(Call("Math.Round", A), 0));
        Assert.False(Pullback.Flows(new Conditional(Test, A, B), 0));
        Assert.True(Pullback.Flows(new Conditional(Test, A, B), 2));
        Assert.False(Pullback.Flows(new Convert(A, IrType.Int32), 0));
        Assert.False(Pullback.Flows(new Stop(A), 0));
        Assert.False(Pullback.Flows(A < B, 0));
    }

    [Fact]
    public void A_derivative_would_flow_through_what_is_refused()
    {
        Apply refused = Call("Math.BitIncrement", A);
        Assert.True(Pullback.Flows(refused, 0));
        Assert.Throws<InvalidOperationException>(() => Pullback.Of(refused, Y, Dy));
    }

    [Fact]
    public void What_has_no_rule_is_an_error()
    {
        Assert.Throws<InvalidOperationException>(() => Pullback.Of(Call("Math.Nothing", A), Y, Dy));
        Assert.Throws<InvalidOperationException>(() => Pullback.Of(Call("Math.Exp", A, B), Y, Dy));
        Assert.Throws<ArgumentException>(() => Pullback.Of(new Length(A), Y, Dy));
    }

    private static void Expect(Expr primal, params Contribution[] expected) => Assert.Equal(expected, Pullback.Of(primal, Y, Dy));

    private static Apply Call(string primitive, params Expr[] arguments) => new(primitive, arguments.ToEquatable(), IrType.Double);

    private static Read Named(string name, IrType type) => new Variable(name.Length + name[0], name, type).Read();
}
