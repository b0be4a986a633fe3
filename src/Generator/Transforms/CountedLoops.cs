using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Finds the loops that count: <c>for (int i = a; i &lt; b; i += c)</c> where the body leaves <c>i</c> alone and <c>b</c> does not change. Their
/// reversal counts backwards and needs nothing recorded. Source form to source form.
/// </summary>
internal static class CountedLoops
{
    public static Method Apply(Method method)
    {
        Ids ids = new(method.FirstFreeId);
        Block body = Rewrite(method.Body, ids);
        return method with { Body = body, FirstFreeId = ids.Next };
    }

    private static Block Rewrite(Block block, Ids ids) => Block.Of(block.Statements.SelectMany(stmt =>
    {
        Stmt inner = stmt.Map(expr => expr, nested => Rewrite(nested, ids));
        return inner is Loop { Head: While { Index: not null } head } loop && Match(loop, head, ids) is { } counted ? counted : [inner];
    }));

    private static List<Stmt>? Match(Loop loop, While head, Ids ids)
    {
        Variable index = head.Index!;
        HashSet<int> assigned = [.. AssignedIn(loop.Body), .. AssignedIn(head.Condition)];
        if (!index.Type.Equals(IrType.Int32) || assigned.Contains(index.Id) || StepOf(head.Step, index) is not { } step)
        {
            return null;
        }

        assigned.Add(index.Id);
        if (Symbolic(head.Condition) is not { } values || Relation(head.Test.Substitute(values.Find), index) is not var (relation, bound)
            || (step > 0) != (relation is BinaryOp.Less or BinaryOp.LessOrEqual) || !IsInvariant(bound, assigned, Stored.In(loop.Body)))
        {
            return null;
        }

        List<Stmt> result = [];
        Variable inner = ids.VersionOf(index);
        Counted counted = new(inner, index.Read(), relation, Name(bound, result, ids), step);
        Block body = loop.Body.Substitute(variable => variable.Id == index.Id ? inner.Read() : null);
        result.Add(loop with { Head = counted, Body = body });
        return result;
    }

    private static IEnumerable<int> AssignedIn(Block block) => block.Deep().OfType<Assign>().Select(assign => assign.Variable.Id);

    /// <summary>The constant that the step block adds to the index, or null.</summary>
    private static int? StepOf(Block step, Variable index)
    {
        if (Symbolic(step) is not { Assigned.Count: 1 } values || values.Assigned[0].Variable.Id != index.Id)
        {
            return null;
        }

        return values.Assigned[0].Value switch
        {
            Binary { Op: BinaryOp.Add, Left: Read left, Right: Literal right } when left.Variable.Id == index.Id && right.Bits is > 0 and < 1 << 20 => (int)right.Bits,
            Binary { Op: BinaryOp.Subtract, Left: Read left, Right: Literal right } when left.Variable.Id == index.Id && right.Bits is > 0 and < 1 << 20 => -(int)right.Bits,
            _ => null,
        };
    }

    private static (BinaryOp Relation, Expr Bound)? Relation(Expr test, Variable index) => test switch
    {
        Binary { Op: BinaryOp.Less or BinaryOp.LessOrEqual or BinaryOp.Greater or BinaryOp.GreaterOrEqual } b when b.Right.Type.Equals(IrType.Int32) =>
            b.Left is Read left && left.Variable.Id == index.Id ? (b.Op, b.Right)
            : b.Right is Read right && right.Variable.Id == index.Id ? (Flip(b.Op), b.Left)
            : null,
        _ => null,
    };

    private static BinaryOp Flip(BinaryOp op) => op switch
    {
        BinaryOp.Less => BinaryOp.Greater,
        BinaryOp.LessOrEqual => BinaryOp.GreaterOrEqual,
        BinaryOp.Greater => BinaryOp.Less,
        _ => BinaryOp.LessOrEqual,
    };

    /// <summary>The members of objects, and the types of elements, that a body stores to.</summary>
    private sealed record Stored(HashSet<string> Members, HashSet<IrType> Elements)
    {
        /// <summary>Null where it runs code that may store to any.</summary>
        public static Stored? In(Block body)
        {
            List<Stmt> statements = body.Deep();
            return statements.Any(static stmt => stmt is Call || stmt.Expressions().Any(RunsForeignCode))
                ? null
                : new([.. statements.OfType<Store>().SelectMany(store => store.Target.Path).Select(member => member.Storage)], [.. statements.SelectMany(Memory.Targets).Select(static target => target.Type.Element).OfType<IrType>()]);
        }
    }

    private static bool RunsForeignCode(Expr expr) => expr is External { Effect: Effect.Writes } || expr.Operands().Any(RunsForeignCode);

    private static bool IsInvariant(Expr bound, HashSet<int> assigned, Stored? stored) => bound switch
    {
        Read read => !assigned.Contains(read.Variable.Id),
        Literal => true,
        Length or Binary { Op: BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Multiply, Overflow: Overflow.Unchecked } or External { Effect: Effect.Pure }
            => bound.Operands().All(operand => IsInvariant(operand, assigned, stored)),
        Element { Path.Count: 0, Type: ScalarType { IsFloating: false } } count => stored?.Elements.Contains(count.Type) == false && count.Operands().All(operand => IsInvariant(operand, assigned, stored)),
        Element { IsOneRow: true } row => row.Operands().All(operand => IsInvariant(operand, assigned, stored)),
        Element { Indices.Count: 0 } member => stored is not null && !member.Path.Any(part => stored.Members.Contains(part.Storage)) && IsInvariant(member.Memory, assigned, stored),
        _ => false,
    };

    private static Expr Name(Expr expr, List<Stmt> before, Ids ids)
    {
        if (expr.IsOperand)
        {
            return expr;
        }

        Variable name = ids.Fresh("", expr.Type);
        before.Add(new Declare(name, expr.Map(operand => Name(operand, before, ids))));
        return name.Read();
    }

    /// <summary>What a block of declarations computes, as expressions over what was there before; null when it does anything else.</summary>
    private static Values? Symbolic(Block block)
    {
        Dictionary<int, Expr> declared = [];
        List<(Variable, Expr)> assigned = [];
        Values values = new(declared, assigned);
        foreach (Stmt stmt in block.Statements)
        {
            switch (stmt)
            {
                case Note:
                    break;
                case Declare { Value: { } value } declare:
                    declared[declare.Variable.Id] = value.Substitute(values.Find);
                    break;
                case Assign assign:
                    assigned.Add((assign.Variable, assign.Value.Substitute(values.Find)));
                    break;
                default:
                    return null;
            }
        }

        return values;
    }

    private sealed record Values(Dictionary<int, Expr> Declared, List<(Variable Variable, Expr Value)> Assigned)
    {
        public Expr? Find(Variable variable) => Declared.TryGetValue(variable.Id, out Expr? value) ? value : null;
    }
}
