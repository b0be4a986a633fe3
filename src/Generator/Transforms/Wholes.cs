using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Structs as their user would write them: what is put together from all parts of a value is that value, of an output only the parts that changed
/// are written, and gradients are added in the order of declaration. Normal form.
/// </summary>
internal sealed class Wholes
{
    private readonly Dictionary<int, Element> parts;
    private readonly HashSet<int> changing;
    private readonly List<Variable> accumulators;
    private readonly Container container;

    private Wholes(Block body, Signature signature)
    {
        parts = body.Deep().OfType<Declare>().Where(declare => declare.Value is Element { Memory: Read { Variable.Type: StructType }, Indices.Count: 0 })
            .ToDictionary(declare => declare.Variable.Id, declare => (Element)declare.Value!);
        HashSet<int> written = [.. body.Statements.OfType<WriteBack>().Select(output => output.Parameter.Id)];

        container = signature.Method.Container;
        accumulators = [.. signature.AccumulatorsInOrder.Select(pair => pair.Accumulator)];

        // Every other variable has one value. What was passed by value changes behind nobody's back.
        changing = [.. signature.Method.Parameters.Where(p => p.Passing != Passing.Value || written.Contains(p.Variable.Id)).Select(p => p.Variable.Id), .. accumulators.Select(a => a.Id)];
    }

    public static Block Apply(Block body, Signature signature)
    {
        Wholes wholes = new(body, signature);
        Block whole = wholes.Rewrite(body);
        return Block.Of(wholes.Taken([.. wholes.InOrder([.. whole.Statements.SelectMany(wholes.Outputs)])]));
    }

    private Block Rewrite(Block block) => Block.Of(Sorted([.. block.Statements.Select(stmt => stmt.Map(Rewrite, Rewrite))]));

    private Expr Rewrite(Expr expr) => expr is Pack pack && SourceOf(pack) is { } source ? source : expr.Map(Rewrite);

    private Read? SourceOf(Pack pack)
    {
        Element? first = pack.Leaves.Count == 0 ? null : PartBehind(pack.Leaves[0]);
        bool isWhole = first is { Memory: Read { Variable: var whole } } && !changing.Contains(whole.Id) && whole.Type == pack.Struct
            && pack.Leaves.Zip(pack.Struct.Leaves, (leaf, path) => IsPart(leaf, whole, path)).All(static same => same);
        return isWhole ? (Read)first!.Memory : null;
    }

    private Element? PartBehind(Expr leaf) => leaf is Read { Variable.Id: var id } && parts.TryGetValue(id, out Element? part) ? part : null;

    private bool IsPart(Expr leaf, Variable whole, EquatableArray<Field> path)
        => PartBehind(leaf) is { Memory: Read { Variable.Id: var id } } part && id == whole.Id && part.Path.Equals(path);

    /// <summary>An output, part by part where some of it stays as it came in.</summary>
    private IEnumerable<Stmt> Outputs(Stmt stmt)
    {
        if (stmt is not WriteBack { Value: Pack pack, Parameter: var parameter })
        {
            return [stmt];
        }

        List<(Expr Leaf, EquatableArray<Field> Path)> changed = [.. pack.Leaves.Zip(pack.Struct.Leaves, static (leaf, path) => (leaf, path)).Where(part => !IsPart(part.leaf, parameter, part.path))];
        bool isBetter = changed.Count < pack.Leaves.Count || pack.Struct.Construction == Construction.Assembled;
        bool isApart = isBetter && changed.All(part => IsOpen(parameter.Type, part.Path));
        return isApart ? changed.Select(part => new Store(new Element(parameter.Read(), part.Path), part.Leaf)) : [stmt];
    }

    private bool IsOpen(IrType owner, EquatableArray<Field> path)
    {
        for (int i = 0; i < path.Count; owner = path[i].Type, i++)
        {
            Reach reach = path[i].From(owner, container);
            if (reach != Reach.Open && !(reach == Reach.Property && i + 1 == path.Count))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Parts of one element that are added to in a row, in the order of declaration.</summary>
    private static List<Stmt> Sorted(List<Stmt> statements)
    {
        for (int i = 1; i < statements.Count; i++)
        {
            for (int at = i; at > 0 && statements[at] is Accumulate { Target: Element later }; at--)
            {
                int before = at - 1;
                while (before >= 0 && statements[before] is Declare { Value: Binary or Unary or IR.Convert })
                {
                    before--;
                }

                if (before < 0 || statements[before] is not Accumulate { Target: Element earlier } || !ComesFirst(later, earlier))
                {
                    break;
                }

                (Stmt moved, int from) = (statements[before], before);
                statements.RemoveAt(from);
                statements.Insert(at, moved);
            }
        }

        return statements;
    }

    private static bool ComesFirst(Element later, Element earlier)
        => later.Memory == earlier.Memory && later.Indices.Equals(earlier.Indices) && TypeOf(later) is StructType type
            && type.Leaves.ToList() is var leaves && leaves.FindIndex(later.Path.Equals) < leaves.FindIndex(earlier.Path.Equals);

    private static IrType TypeOf(Element part) => part.Indices.Count > 0 ? part.Memory.Type.Element! : part.Memory.Type;

    /// <summary>A part of an accumulator that is emptied at the beginning and filled at the end is only filled.</summary>
    private IEnumerable<Stmt> Taken(List<Stmt> statements)
    {
        foreach (Store empty in statements.OfType<Store>().Where(store => store is { Target: { Indices.Count: 0, Memory: Read { Variable: var v } }, Value: Literal { Bits: 0 } } && accumulators.Contains(v)).ToList())
        {
            int start = statements.IndexOf(empty);
            List<Stmt> after = [.. statements.Skip(start + 1).Where(stmt => Mentions(stmt, empty.Target))];
            if (after.Count == 1 && after[0] is Accumulate sum && sum.Target == empty.Target)
            {
                statements[statements.IndexOf(sum)] = new Store(empty.Target, sum.Value);
                statements.RemoveAt(start);
            }
        }

        return statements;
    }

    private static bool Mentions(Stmt stmt, Element part)
        => stmt.Expressions().Any(expr => Mentions(expr, part)) || stmt.Blocks().Any(block => block.Statements.Any(inner => Mentions(inner, part)));

    private static bool Mentions(Expr expr, Element part) => expr is Element { Indices.Count: 0 } element && element.Memory == part.Memory
        ? element == part || element.Path.Count < part.Path.Count
        : expr == part.Memory || expr.Operands().Any(operand => Mentions(operand, part));

    /// <summary>What is added to the accumulators at the end, in the order of the parameters and of their parts.</summary>
    private IEnumerable<Stmt> InOrder(IReadOnlyList<Stmt> statements)
    {
        int end = statements.Count;
        while (end > 0 && statements[end - 1] is Return or WriteBack or Store { Target.Indices.Count: 0 })
        {
            end--;
        }

        int start = end;
        // What was added so far is read there.
        bool readsSum(Stmt stmt) => stmt is Declare { Value: { } value } && value.Reads().Any(accumulators.Contains);
        while (start > 0 && statements[start - 1] is Declare or Note or Accumulate && !readsSum(statements[start - 1]))
        {
            start--;
        }

        List<Stmt> tail = [.. statements.Skip(start).Take(end - start)];
        IEnumerable<Stmt> sums = tail.Where(IsDelivery).OrderBy(stmt => PlaceOf((Accumulate)stmt));
        return [.. statements.Take(start), .. tail.Where(stmt => !IsDelivery(stmt)), .. sums, .. statements.Skip(end)];
    }

    private bool IsDelivery(Stmt stmt) => stmt is Accumulate { Target: Read or Element { Indices.Count: 0 } } sum && accumulators.Contains(VariableOf(sum)) && sum.Value.IsOperand;

    private static Variable VariableOf(Accumulate sum) => ((Read)(sum.Target is Element element ? element.Memory : sum.Target)).Variable;

    private (int Parameter, int Part) PlaceOf(Accumulate sum)
    {
        Variable accumulator = VariableOf(sum);
        int part = sum.Target is Element { Path: var path } && accumulator.Type is StructType type ? type.Leaves.ToList().FindIndex(leaf => leaf.Equals(path)) : 0;
        return (accumulators.FindIndex(a => a.Id == accumulator.Id), part);
    }
}
