using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Appends adjoint statements to a list, naming every intermediate value.</summary>
internal sealed class Writer(Ids ids)
{
    public List<Stmt> Statements { get; } = [];

    public void Add(Stmt stmt) => Statements.Add(stmt);

    /// <summary>The expression as an operand; its parts become declarations.</summary>
    public Expr Flat(Expr expr, string name = "") => expr.IsOperand ? expr : Let(name, expr).Read();

    /// <summary>The same for expressions that share parts as objects: each part is computed once.</summary>
    public Expr Flat(Expr expr, Dictionary<Expr, Expr> known)
    {
        if (expr.IsOperand)
        {
            return expr;
        }

        if (!known.TryGetValue(expr, out Expr? flat))
        {
            known[expr] = flat = Flat(expr.Map(operand => Flat(operand, known)));
        }

        return flat;
    }

    public Variable Let(string name, Expr expr)
    {
        Variable variable = ids.Fresh(name, expr.Type);
        Add(new Declare(variable, expr.Map(operand => Flat(operand)), Sweep.Adjoint));
        return variable;
    }

    public Element Flat(Element element) => element.MapElement(operand => Flat(operand));
}
