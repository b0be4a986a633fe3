using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Writes to parts of structs that C# does not let be written from outside. A struct that a constructor or initializer can make anew is made
/// anew, once for all its parts that change in a row; a part that only the struct itself can write is reached by an accessor. Printable form.
/// </summary>
internal sealed class Reaches
{
    private readonly string stem;
    private readonly Dictionary<(string Owner, string Storage), Accessor> accessors = [];
    private int made;

    private readonly Container container;

    private Reaches(string stem, Container container)
    {
        this.stem = stem;
        this.container = container;
    }

    /// <param name="stem">What the names of accessors begin with: unique to the method among those of its type.</param>
    public static Unit Apply(Unit unit, string stem)
    {
        Reaches reaches = new(stem, unit.Container);
        EquatableArray<Function> functions = unit.Functions.Select(f => f with { Body = reaches.Rewrite(f.Body) }).ToEquatable();
        return unit with { Functions = functions, Accessors = reaches.accessors.Values.ToEquatable() };
    }

    private Block Rewrite(Block block)
    {
        List<Stmt> result = [];
        foreach (Stmt stmt in block.Statements)
        {
            Stmt inner = stmt.Map(expr => Reached(expr, result), Rewrite);
            switch (inner)
            {
                case Accumulate { Target: Element target } accumulate when Closed(target) is { } path:
                    Renew(target, path, part => part + accumulate.Value, result);
                    break;
                case Store store when Closed(store.Target) is { } path:
                    Renew(store.Target, path, _ => store.Value, result);
                    break;
                case Accumulate { Target: Element target } accumulate:
                    result.Add(accumulate with { Target = Named(target, Access.Writable) });
                    break;
                case Store store:
                    result.Add(store with { Target = Named(store.Target, Access.Writable) });
                    break;
                default:
                    result.Add(inner);
                    break;
            }
        }

        return Block.Of(result);
    }

    /// <summary>How much of a path names the struct that must be made anew to change the part at its end; null where the part can be written.</summary>
    private int? Closed(Element target)
    {
        IrType owner = OwnerOf(target);
        for (int i = 0; i < target.Path.Count; i++)
        {
            Reach reach = target.Path[i].From(owner, container);
            if (reach == Reach.ReadOnly && owner is StructType { Construction: not Construction.Assembled })
            {
                return i;
            }

            if (reach == Reach.Property && target.Path[i].Type is StructType { Construction: not Construction.Assembled } && i + 1 < target.Path.Count)
            {
                return i + 1;
            }

            owner = target.Path[i].Type;
        }

        return null;
    }

    private static IrType OwnerOf(Element target) => target.Indices.Count > 0 ? target.Memory.Type.Element! : target.Memory.Type;

    private void Renew(Element target, int depth, Func<Expr, Expr> change, List<Stmt> result)
    {
        Element whole = new(target.Memory, target.Indices, target.Path.Take(depth).ToEquatable());
        var type = (StructType)(depth == 0 ? OwnerOf(target) : target.Path[depth - 1].Type);
        EquatableArray<Field> changed = target.Path.Skip(depth).ToEquatable();
        Pack before = result.LastOrDefault() is Renewal last && last.Place == whole ? last.Value : Current(whole, type);
        Pack after = before with { Leaves = before.Leaves.Zip(type.Leaves, (leaf, path) => path.Equals(changed) ? change(leaf) : leaf).ToEquatable() };
        if (result.LastOrDefault() is Renewal renewed && renewed.Place == whole)
        {
            result.RemoveAt(result.Count - 1);
        }

        result.Add(new Renewal(whole, after));
    }

    private Pack Current(Element whole, StructType type) => new(type.Leaves.Select(path => (Expr)Named(whole.Part(path), Access.ReadOnly)).ToEquatable(), type);

    /// <summary>Makes what no expression can make, and reaches what no name can reach.</summary>
    private Expr Reached(Expr expr, List<Stmt> before)
    {
        Expr inner = expr.Map(operand => Reached(operand, before));
        return inner switch
        {
            Element element => Named(element, Access.ReadOnly),
            Pack { Struct: { Construction: Construction.Assembled } type } pack => Assembled(pack, type, before),
            Pack pack when pack.Struct.Fields.Any(part => part.Type is StructType { Construction: Construction.Assembled }) => Assembled(pack, pack.Struct, before),
            _ => inner,
        };
    }

    private Read Assembled(Pack pack, StructType type, List<Stmt> before)
    {
        made++;
        Variable variable = new(-made, "made" + (made == 1 ? "" : made.ToString(CultureInfo.InvariantCulture)), type);
        before.Add(new Declare(variable, new Default(type)));
        int next = 0;
        Fill(new Element(variable.Read(), EquatableArray<Field>.Empty), type, () => pack.Leaves[next++], before);
        return variable.Read();
    }

    private void Fill(Element place, StructType type, Func<Expr> next, List<Stmt> before)
    {
        foreach (Field part in type.Fields)
        {
            Element target = Named(new Element(place.Memory, place.Indices, place.Path.Append(part).ToEquatable()), Access.Writable);
            if (part.Type is not StructType inner)
            {
                before.Add(new Store(target, next()));
            }
            else if (inner.Construction == Construction.Assembled)
            {
                Fill(target, inner, next, before);
            }
            else
            {
                before.Add(new Renewal(target, new Pack(Enumerable.Range(0, inner.LeafCount).Select(_ => next()).ToEquatable(), inner)));
            }
        }
    }

    /// <summary>The element, with accessors for what its path cannot name.</summary>
    private Element Named(Element element, Access access)
    {
        IrType owner = OwnerOf(element);
        List<Field> path = [];
        foreach (Field part in element.Path)
        {
            Reach reach = part.From(owner, container);
            bool isClosed = reach == Reach.Hidden
                || (reach == Reach.ReadOnly && access == Access.Writable && owner is StructType { Construction: Construction.Assembled } or ObjectType)
                || (reach == Reach.Property && part.Type is StructType { Construction: Construction.Assembled } && path.Count + 1 < element.Path.Count);
            path.Add(isClosed && part.Accessor.Length == 0 ? part with { Accessor = AccessorOf(owner, part) } : part);
            owner = part.Type;
        }

        return new Element(element.Memory, element.Indices, path.ToEquatable());
    }

    private string AccessorOf(IrType owner, Field part)
    {
        if (!accessors.TryGetValue((owner.Text, part.Storage), out Accessor? accessor))
        {
            string type = new([.. owner.Text.Split('.', ':').Last().TakeWhile(char.IsLetterOrDigit)]);
            string name = stem + type + char.ToUpperInvariant(part.Name.TrimStart('@')[0]) + part.Name.TrimStart('@').Substring(1);
            string wish = name;
            for (int number = 1; container.Names.Contains(name) || accessors.Values.Any(other => other.Name == name); number++)
            {
                name = wish + number.ToString(CultureInfo.InvariantCulture);
            }

            accessors[(owner.Text, part.Storage)] = accessor = new Accessor(name, owner, part.Type, part.Storage);
        }

        return accessor.Name;
    }
}
