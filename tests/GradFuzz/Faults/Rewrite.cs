using Backprop.Generator.IR;

namespace Backprop.Fuzz.Faults;

/// <summary>Rewrites every place of a body that a fault is about.</summary>
internal static class Rewrite
{
    /// <summary>Every operation of the backward sweep, at any depth of its expressions.</summary>
    public static Func<Block, Block> Adjoint(Func<Expr, Expr> replace) => body => Each(body, statement => statement switch
    {
        Declare { Sweep: Sweep.Adjoint, Value: { } value } declare => [declare with { Value = Deep(value, replace) }],
        Accumulate accumulate => [accumulate with { Value = Deep(accumulate.Value, replace) }],
        _ => [statement],
    });

    /// <summary>Every operation of the primal.</summary>
    public static Func<Block, Block> Primal(Func<Expr, Expr> replace) => body => Each(body, statement => statement switch
    {
        Declare { Sweep: Sweep.Primal, Value: { } value } declare => [declare with { Value = Deep(value, replace) }],
        _ => [statement],
    });

    /// <summary>Every statement, by itself, by others or by none.</summary>
    public static Func<Block, Block> Statements(Func<Stmt, IEnumerable<Stmt>> replace) => body => Each(body, replace);

    /// <summary>Every branch of the backward sweep.</summary>
    public static Func<Block, Block> Branches(Func<If, If> replace) => Statements(statement => [statement is If { Mirrors: not 0 } branch ? replace(branch) : statement]);

    /// <summary>Every loop of the backward sweep, with its head.</summary>
    public static Func<Block, Block> Loops(Func<Loop, Counted, Loop> replace)
        => Statements(statement => [statement is Loop { Mirrors: not 0, Head: Counted head } loop ? replace(loop, head) : statement]);

    private static Block Each(Block body, Func<Stmt, IEnumerable<Stmt>> replace)
        => Block.Of(body.Statements.SelectMany(statement => replace(statement.Map(static expression => expression, inner => Each(inner, replace)))));

    private static Expr Deep(Expr expression, Func<Expr, Expr> replace)
        => replace(expression.IsOperand ? expression : expression.Map(operand => Deep(operand, replace)));
}
