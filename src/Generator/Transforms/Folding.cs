using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>One round of <see cref="Simplify"/> from top to bottom: every value is replaced by the simplest one known to be equal.</summary>
internal sealed class Folding
{
    private readonly Memory memory;
    private readonly Ids ids;
    private readonly Func<Expr, Expr> substitute;
    private readonly Func<Expr, Expr?> definition;
    private readonly Dictionary<int, Expr> same = [];
    private readonly Dictionary<int, Expr> definitions = [];
    private Known known = new(null);
    private Held held;

    public Folding(Memory memory, Ids ids)
    {
        (this.memory, this.ids, held) = (memory, ids, new(memory));
        (substitute, definition) = (Operand, Definition);
    }

    public Block Rewrite(Block block)
    {
        (known, Held outside) = (new(known), held);
        held = new(memory);
        List<Stmt> result = [];
        foreach (Stmt stmt in block.Statements)
        {
            Rewrite(stmt, result);
        }

        (known, held) = (known.Outer!, outside);
        return block.With(block.Statements.With(result));
    }

    private Expr Operand(Expr expr) => expr is Read read ? same.TryGetValue(read.Variable.Id, out Expr? value) ? value : expr : expr.Map(substitute);

    private void Rewrite(Stmt stmt, List<Stmt> result)
    {
        switch (stmt)
        {
            case Declare { Value: not null } declare:
                Value(declare, result);
                break;
            case If branch:
                Branch(branch, result);
                break;
            case Loop loop:
                Loop simplest = Loop(loop, result);
                held.Follow(simplest);
                result.Add(simplest);
                break;
            case Accumulate { Value: Literal { Bits: 0 } }:
                break;
            default:
                Write(stmt.Map(substitute, Rewrite), result);
                break;
        }
    }

    /// <summary>Adding to zero is storing; storing what is there is nothing.</summary>
    private void Write(Stmt stmt, List<Stmt> result)
    {
        stmt = stmt is Accumulate { Target: Element sum } accumulate && held.Find(sum)?.Is(0) == true ? new Store(sum, accumulate.Value) : stmt;
        if (stmt is Store store && held.Find(store.Target) is { } there && there.Equals(store.Value))
        {
            return;
        }

        held.Follow(stmt);
        result.Add(stmt);
    }

    private void Value(Declare declare, List<Stmt> result)
    {
        Expr value = Operand(declare.Value!);
        value = declare.Sweep == Sweep.Adjoint ? Algebra.Simplest(value, definition) : Sizes.Simplest(value, definition);
        value = Flatten(value, declare.Sweep, result);
        if (value.IsOperand)
        {
            same[declare.Variable.Id] = value;
            return;
        }

        // What the user named stays as the user wrote it.
        bool shareable = IsShareable(value);
        bool mayGo = declare.Sweep != Sweep.Primal || declare.Variable is { Name: "", Symbol: 0 };
        if (mayGo && (shareable ? known.Find(value) : value is Element element ? held.Find(element) : null) is { } earlier)
        {
            same[declare.Variable.Id] = earlier;
            return;
        }

        if (shareable)
        {
            known.Add(value, declare.Variable.Read());
        }

        definitions[declare.Variable.Id] = value;
        Declare simplest = ReferenceEquals(value, declare.Value) ? declare : declare with { Value = value };
        held.Follow(simplest);
        if (!shareable && value is Element read)
        {
            held.Learn(read, declare.Variable.Read());
        }

        result.Add(simplest);
    }

    /// <summary>A rewrite may have made parts of an expression into expressions of their own.</summary>
    private Expr Flatten(Expr value, Sweep sweep, List<Stmt> result) => value.IsOperand || value.Operands().All(static operand => operand.IsOperand) ? value : value.Map(operand =>
    {
        if (operand.IsOperand)
        {
            return operand;
        }

        Variable part = ids.Fresh("", operand.Type);
        Value(new Declare(part, operand, sweep), result);
        return same.TryGetValue(part.Id, out Expr? found) ? found : part.Read();
    });

    private Expr? Definition(Expr operand) => operand is Read read && definitions.TryGetValue(read.Variable.Id, out Expr? value) ? value : null;

    private bool IsShareable(Expr value) => value switch
    {
        Element { IsOneRow: true } => true,
        Element element => !memory.IsWritten(element.Memory),
        External external => external.Effect == Effect.Pure,
        Allocate => false,
        _ => true,
    };

    private void Branch(If branch, List<Stmt> result)
    {
        Expr test = Operand(branch.Test);
        if (test is Literal constant)
        {
            Decided(branch, isThen: constant.Bits != 0, result);
            return;
        }

        Block then = Rewrite(branch.Then);
        Block @else = Rewrite(branch.Else);
        List<Join> joins = [];
        foreach (Join join in branch.Joins)
        {
            Join renamed = join.With(Operand(join.Then), Operand(join.Else));
            if (renamed.Then.Equals(renamed.Else))
            {
                same[join.Result.Id] = renamed.Then;
            }
            else if (joins.FirstOrDefault(other => other.Then.Equals(renamed.Then) && other.Else.Equals(renamed.Else)) is { } twin)
            {
                same[join.Result.Id] = twin.Result.Read();
            }
            else
            {
                joins.Add(renamed);
            }
        }

        If rewritten = branch.With(test, then, @else, branch.Joins.With(joins));
        held.Follow(rewritten);
        result.Add(rewritten);
    }

    /// <summary>A branch whose test is a constant: only the side that runs is left.</summary>
    private void Decided(If branch, bool isThen, List<Stmt> result)
    {
        foreach (Stmt stmt in (isThen ? branch.Then : branch.Else).Statements)
        {
            Rewrite(stmt, result);
        }

        foreach (Join join in branch.Joins)
        {
            same[join.Result.Id] = Operand(isThen ? join.Then : join.Else);
        }
    }

    private Loop Loop(Loop loop, List<Stmt> before)
    {
        List<Carried> carried = [];
        foreach (Carried candidate in loop.Carried)
        {
            Expr init = Flatten(Operand(candidate.Init), Sweep.Adjoint, before);
            if (!init.IsOperand)
            {
                Variable named = ids.Fresh("", init.Type);
                before.Add(new Declare(named, init, Sweep.Adjoint));
                init = named.Read();
            }

            if (candidate.Next.Equals(candidate.Param.Read()) || Operand(candidate.Next).Equals(init))
            {
                same[candidate.Param.Id] = init;
                same[candidate.Result.Id] = init;
            }
            else
            {
                carried.Add(candidate.With(init, candidate.Next));
            }
        }

        LoopHead head = Head(loop.Head, before);
        Block body = Rewrite(loop.Body);
        return loop.With(head, body, loop.Carried.With(carried).Map(c => c.With(c.Init, Operand(c.Next))));
    }

    private LoopHead Head(LoopHead head, List<Stmt> before) => head switch
    {
        Counted h => h.With(Part(h.From, before), Part(h.Bound, before)),
        While h => Condition(h),
        _ => head,
    };

    private While Condition(While head)
    {
        Block condition = Rewrite(head.Condition);
        return head.With(condition, Operand(head.Test), head.Step);
    }

    private Expr Part(Expr expr, List<Stmt> before)
    {
        Expr operand = Operand(expr);
        if (operand.IsOperand)
        {
            return operand;
        }

        Variable part = ids.Fresh("", operand.Type);
        Value(new Declare(part, operand, Sweep.Adjoint), before);
        return Operand(part.Read());
    }

    /// <summary>The values computed so far in the enclosing blocks.</summary>
    private sealed class Known(Known? outer)
    {
        private Dictionary<Expr, Expr>? values;

        public Known? Outer { get; } = outer;

        public void Add(Expr value, Expr name) => (values ??= [])[value] = name;

        public Expr? Find(Expr value)
        {
            for (Known? scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.values is not null && scope.values.TryGetValue(value, out Expr? name))
                {
                    return name;
                }
            }

            return null;
        }
    }
}
