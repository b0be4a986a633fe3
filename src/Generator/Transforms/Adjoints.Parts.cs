using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Transforms;

/// <summary>Primitives that take or give structs.</summary>
internal sealed partial class Adjoints
{
    /// <summary>A primitive that takes or gives structs.</summary>
    private void Primitive(External primitive, Variable result, Cotangents cotangents, Writer writer)
    {
        List<Expr> x = [.. primitive.Arguments.SelectMany(argument => argument is Pack pack ? pack.Leaves : (IEnumerable<Expr>)[argument])];
        List<Expr> y = [], dy = [];
        foreach (EquatableArray<Field> path in PathsOf(result.Type))
        {
            List<Variable> named = result.Type is not StructType ? [result] : parts.TryGetValue(result.Id, out List<(Variable Variable, Element Element)>? found)
                ? [.. found.Where(part => part.Element.Path.Equals(path)).Select(part => part.Variable)] : [];
            IrType type = path.Count == 0 ? result.Type : path[path.Count - 1].Type;
            y.Add(named.Count > 0 ? named[0].Read() : result.Type is StructType ? new Element(result.Read(), path) : result.Read());
            dy.Add(named.Select(cotangents.Take).OfType<Expr>().Aggregate<Expr, Expr?>(null, (sum, next) => sum is null ? next : sum + next) ?? type.Number(0));
        }

        if (dy.All(cotangent => cotangent.Is(0)))
        {
            return;
        }

        Formula(PartsRules.Find(primitive.Rule)!, x, y, dy, cotangents, writer);
    }

    private void Formula(PartsRule rule, List<Expr> x, List<Expr> y, List<Expr> dy, Cotangents cotangents, Writer writer)
    {
        List<Expr> given = dy.ConvertAll(cotangent => writer.Flat(cotangent));
        Dictionary<Expr, Expr> known = new(ReferenceComparer.Of<Expr>());
        foreach ((Expr operand, Expr contribution) in x.Zip(rule.Pull(x, y, given), static (operand, contribution) => (operand, contribution)))
        {
            if (!contribution.Is(0) && activity.IsActive(operand))
            {
                cotangents.Add(operand, contribution.Map(part => writer.Flat(part, known)), writer);
            }
        }
    }
}
