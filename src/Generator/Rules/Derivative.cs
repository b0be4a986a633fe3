using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>
/// The pullback of a member that is described by what it computes: the reverse of that computation, operation by operation. Parts that several numbers share
/// are shared in the formula too, as one object.
/// </summary>
internal sealed class Derivative
{
    private readonly Dictionary<Expr, Expr> cotangents = new(ReferenceComparer.Of<Expr>());
    private readonly List<Expr> order = [];
    private readonly HashSet<Expr> visited = new(ReferenceComparer.Of<Expr>());

    public static PartsFormula Of(Definition definition) => (arguments, y, dy) => new Derivative().Pull(definition, arguments, y, dy);

    /// <summary>The pullback of a choice: that of the side that was taken.</summary>
    public static PartsFormula OfChoice(Func<Vector[], Expr> test, PartsFormula then, PartsFormula @else)
        => (arguments, y, dy) => [.. then(arguments, y, dy).Zip(@else(arguments, y, dy), (a, b) => Vector.Select(test(arguments), a, b))];

    private Vector[] Pull(Definition definition, Vector[] arguments, Vector y, Vector dy)
    {
        Vector results = definition(arguments) ?? throw new InvalidOperationException("What a member computes is not known for these arguments.");
        Dictionary<Expr, Expr> values = new(ReferenceComparer.Of<Expr>());
        for (int i = 0; i < results.Count; i++)
        {
            values[results[i]] = y[i];
            Visit(results[i]);
            Add(results[i], dy[i]);
        }

        for (int i = order.Count - 1; i >= 0; i--)
        {
            Expr node = order[i];
            if (cotangents.TryGetValue(node, out Expr? cotangent) && node.Operands().Any())
            {
                foreach (Contribution part in Pullback.Of(node, values.TryGetValue(node, out Expr? value) ? value : node, cotangent))
                {
                    Add(part.Operand, part.Cotangent);
                }
            }
        }

        return [.. arguments.Select(argument => argument.Map(Take))];
    }

    private void Visit(Expr node)
    {
        if (visited.Add(node))
        {
            foreach (Expr operand in node.Operands())
            {
                Visit(operand);
            }

            order.Add(node);
        }
    }

    private void Add(Expr node, Expr cotangent)
    {
        if (!cotangent.Is(0))
        {
            cotangents[node] = cotangents.TryGetValue(node, out Expr? before) ? before + cotangent : cotangent;
        }
    }

    // A number that stands in two places gets its cotangent in the first.
    private Expr Take(Expr number)
    {
        bool found = cotangents.TryGetValue(number, out Expr? cotangent);
        cotangents.Remove(number);
        return found ? cotangent! : number.Type.IsFloating ? Formulas.ZeroOf(number) : IrType.Single.Number(0);
    }
}
