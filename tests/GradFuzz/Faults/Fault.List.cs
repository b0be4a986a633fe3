using Backprop.Generator.IR;

namespace Backprop.Fuzz.Faults;

internal sealed partial record Fault
{
    private const string Normal = "normal", Reversed = "reversed", WithResiduals = "with residuals", Final = "final", Checks = "checks";

    /// <summary>One line a fault.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        // Rules.
        new("the slope of sine is sine", Reversed, Rewrite.Adjoint(e => Renamed(e, ".Cos", ".Sin"))),
        new("the slope of cosh is cosh", Reversed, Rewrite.Adjoint(e => Renamed(e, ".Sinh", ".Cosh"))),
        new("a slope loses its sign", Reversed, Rewrite.Adjoint(e => e is Unary { Op: UnaryOp.Negate } minus ? minus.Operand : e)),
        new("a factor is forgotten", Reversed, Rewrite.Adjoint(e => e is Binary { Op: BinaryOp.Multiply, Right: Read } product ? product.Left : e)),
        new("a quotient is a product", Reversed, Rewrite.Adjoint(e => e is Binary { Op: BinaryOp.Divide } quotient ? quotient with { Op = BinaryOp.Multiply } : e)),
        new("a factor 2 is a factor 1", Reversed, Rewrite.Adjoint(e => e.Is(2) ? e.Type.Number(1) : e)),
        new("1 − y² is 1 + y²", Reversed, Rewrite.Adjoint(e => e is Binary { Op: BinaryOp.Subtract } difference && difference.Left.Is(1) ? difference with { Op = BinaryOp.Add } : e)),
        new("the other operand of Max and Min", Reversed, Rewrite.Adjoint(e => e is Conditional choice ? choice with { Then = choice.Else, Else = choice.Then } : e)),
        new("Gradient.Stop does not stop", Normal, Rewrite.Primal(e => e is Stop stop ? stop.Operand * 1 : e)),
        new("the seed is taken for 1", Reversed, Rewrite.Adjoint(e => e is Read { Variable.Name: "seed" } ? e.Type.Number(1) : e)),

        // Accumulation.
        new("the last use of a value wins", Reversed, Rewrite.Adjoint(e => e is Binary { Op: BinaryOp.Add } sum ? sum.Right : e)),
        new("the first use of a value wins", Reversed, Rewrite.Adjoint(e => e is Binary { Op: BinaryOp.Add } sum ? sum.Left : e)),
        new("an element's accumulator is overwritten", Reversed, Rewrite.Statements(s => [s is Accumulate { Target: Element target } add ? new Store(target, add.Value) : s])),
        new("an element's accumulator is skipped", Reversed, Rewrite.Statements(s => s is Accumulate { Target: Element } ? [] : [s])),
        new("a parameter's accumulator is skipped", Reversed, Rewrite.Statements(s => s is Accumulate { Target: Read } ? [] : [s])),
        new("the gradient is added with the wrong sign", Reversed, Rewrite.Statements(s => [s is Accumulate add ? add with { Value = new Unary(UnaryOp.Negate, add.Value, add.Value.Type) } : s])),

        // Branches and loops.
        new("the branches are swapped", Reversed, Rewrite.Branches(b => b with { Then = b.Else, Else = b.Then, Joins = b.Joins.Select(join => join with { Then = join.Else, Else = join.Then }).ToEquatable() })),
        new("the test is negated in the backward sweep", WithResiduals, Rewrite.Branches(b => b with { Test = new Unary(UnaryOp.Not, b.Test, IrType.Bool) })),
        new("cotangents of the other branch are zero", Reversed, Rewrite.Branches(b => b with { Joins = b.Joins.Select(join => join with { Else = Zero(join.Else) }).ToEquatable() })),
        new("the last iteration is not reversed", Reversed, Rewrite.Loops((loop, head) => loop with { Head = head with { From = head.From + Numbers.Int(head.Step) } })),
        new("the first iteration is not reversed", Reversed, Rewrite.Loops((loop, head) => loop with { Head = head with { Relation = head.Relation == BinaryOp.GreaterOrEqual ? BinaryOp.Greater : BinaryOp.Less } })),
        new("the backward loop runs forward", Reversed, Rewrite.Loops((loop, head) => loop with { Head = new Counted(head.Index, head.Bound, BinaryOp.LessOrEqual, head.From, -head.Step) })),
        new("a cotangent is not carried from iteration to iteration", Reversed, Rewrite.Loops((loop, _) => loop with { Carried = loop.Carried.Select(carried => carried with { Next = carried.Param.Read() }).ToEquatable() })),
        new("cotangents from after a loop are lost", Reversed, Rewrite.Loops((loop, _) => loop with { Carried = loop.Carried.Select(carried => carried with { Init = Zero(carried.Init) }).ToEquatable() })),
        new("a break is one iteration too late in the backward sweep", Reversed, Rewrite.Loops((loop, head) => head.From is Read { Variable.Name: "last" } ? loop with { Head = head with { From = head.From - Numbers.Int(head.Step) } } : loop)),

        // Memory.
        new("a write leaves the cotangent of what it overwrote", Reversed, Rewrite.Statements(s => s is Store store && store.Value.Is(0) ? [] : [s])),
        new("cotangents go to the first element", Reversed, Rewrite.Statements(s => [s is Accumulate { Target: Element { Indices.Count: 1 } target } add ? add with { Target = target with { Indices = EquatableArray.Of<Expr>(Numbers.Int(0)) } } : s])),
        new("row and column are swapped", Reversed, Rewrite.Statements(s => [s is Accumulate { Target: Element { Indices.Count: 2 } target } add ? add with { Target = target with { Indices = EquatableArray.Of(target.Indices[1], target.Indices[0]) } } : s])),
        new("slices of cotangents begin at the start", Reversed, Rewrite.Adjoint(e => e is Slice slice ? slice with { Start = Numbers.Int(0) } : e)),
        new("overwritten elements are read again instead of recorded", Reversed, Rereading.Apply),

        new("arguments that share something are not refused", Checks, Rewrite.Statements(s => IsApartness(s) ? [] : [s])),

        // Residuals and the value.
        new("a record is missing", WithResiduals, Rewrite.Statements(s => s is Store { Target: { } target } && IsRecord(target.Memory) ? [] : [s])),
        new("records overwrite each other", WithResiduals, Rewrite.Statements(s => [s is Store { Target: { } target } store && IsRecord(target.Memory) ? store with { Target = First(target) } : s])),
        new("the first record is read in every iteration", WithResiduals, Rewrite.Adjoint(e => e is Element element && IsRecord(element.Memory) ? First(element) : e)),
        new("the primal's division is a multiplication with the reciprocal", Final, Rewrite.Primal(e => e is Binary { Op: BinaryOp.Divide, Type.IsFloating: true } quotient ? quotient.Left * (quotient.Left.Type.Number(1) / quotient.Right) : e)),
        new("a negative zero loses its sign", Normal, Rewrite.Primal(e => e is Unary { Op: UnaryOp.Negate, Type.IsFloating: true } minus ? minus.Type.Number(0) - minus.Operand : e)),
    ];

    private static Expr Renamed(Expr e, string from, string to)
        => e is Apply call && call.Primitive.EndsWith(from, StringComparison.Ordinal) ? call with { Primitive = call.Primitive[..^from.Length] + to } : e;

    private static bool IsApartness(Stmt statement)
        => statement is Evaluate { Value: External { Format: var check } } && new[] { "Apart", "NotSame", "Distinct", "Outside" }.Any(name => check.StartsWith("global::Backprop.Require." + name, StringComparison.Ordinal));

    private static Expr Zero(Expr e) => e.Type.IsFloating ? e.Type.Number(0) : e;

    private static bool IsRecord(Expr memory) => memory is Read { Variable.Name: var name } && name.StartsWith("recorded", StringComparison.Ordinal);

    private static Element First(Element element) => element with { Indices = EquatableArray.Of<Expr>(Numbers.Int(0)) };
}
