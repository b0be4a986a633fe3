using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// In a product of the adjoint, multiplies first what does not change in the loop: <c>2 * seed * x</c>, not <c>2 * (seed * x)</c>. The compiler then
/// multiplies that part once. The last pass, since simplification wants constants outermost.
/// </summary>
internal sealed class Factors
{
    private readonly Dictionary<int, int> reads = [];
    private readonly Ids ids;

    // Products of the adjoint in the innermost loop that are read once.
    private Dictionary<int, Binary> parts = [];

    // What the innermost loop introduces; null outside of loops.
    private HashSet<int>? varying;

    private Factors(Block body, Ids ids)
    {
        this.ids = ids;
        foreach (Variable variable in body.Reads())
        {
            reads[variable.Id] = reads.TryGetValue(variable.Id, out int count) ? count + 1 : 1;
        }
    }

    public static Block Apply(Block body, Ids ids) => DeadCode.Collect(new Factors(body, ids).Rewrite(body));

    private Block Rewrite(Block block)
    {
        List<Stmt> result = [];
        foreach (Stmt stmt in block.Statements)
        {
            switch (stmt)
            {
                case Declare { Sweep: Sweep.Adjoint, Value: Binary { Op: BinaryOp.Multiply, Type.IsFloating: true } product } declare when varying is not null:
                    Group(declare, product, result);
                    break;
                case Loop loop:
                    result.Add(Inside(loop));
                    break;
                default:
                    result.Add(stmt.Map(expr => expr, Rewrite));
                    break;
            }
        }

        return block.With(block.Statements.With(result));
    }

    private Stmt Inside(Loop loop)
    {
        (HashSet<int>? outer, Dictionary<int, Binary> outerParts) = (varying, parts);
        parts = [];
        varying = ((Stmt)loop).Introduced();
        Stmt inside = loop.Map(expr => expr, Rewrite);
        (varying, parts) = (outer, outerParts);
        return inside;
    }

    private void Group(Declare declare, Binary product, List<Stmt> result)
    {
        List<Expr> factors = [];
        Collect(product, factors);
        List<Expr> first = [.. factors.Where(factor => !Varies(factor)).OrderBy(factor => factor is not Literal)], then = [.. factors.Where(Varies)];
        if (first.Count > 1 && then.Count > 0)
        {
            List<Expr> ordered = [.. first, .. then];
            Expr left = ordered[0];
            for (int i = 1; i < ordered.Count - 1; i++)
            {
                Variable part = ids.Fresh("", product.Type);
                parts[part.Id] = new Binary(BinaryOp.Multiply, left, ordered[i], product.Type);
                result.Add(new Declare(part, parts[part.Id], Sweep.Adjoint));
                left = part.Read();
            }

            product = product with { Left = left, Right = ordered[ordered.Count - 1] };
        }

        if (declare.Variable.Symbol == 0 && reads.TryGetValue(declare.Variable.Id, out int count) && count == 1)
        {
            parts[declare.Variable.Id] = product;
        }

        result.Add(declare with { Value = product });
    }

    private void Collect(Expr factor, List<Expr> factors)
    {
        Binary? product = factor as Binary ?? (factor is Read read && parts.TryGetValue(read.Variable.Id, out Binary? part) ? part : null);
        if (product is null)
        {
            factors.Add(factor);
            return;
        }

        Collect(product.Left, factors);
        Collect(product.Right, factors);
    }

    private bool Varies(Expr factor) => factor is Read read ? varying!.Contains(read.Variable.Id) : factor is not Literal;
}
