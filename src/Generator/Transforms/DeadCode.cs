using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Transforms;

/// <summary>Removes what nobody needs. What the primal may fail on stays: an index out of range is thrown whether or not the value is used.</summary>
internal sealed class DeadCode
{
    private readonly HashSet<int> live = [];
    private readonly HashSet<int> kept = [];
    private readonly Dictionary<int, (Expr? First, Expr? Second, Owner? Around)> sources = [];
    private readonly Stack<int> open = new();

    /// <summary>A branch or loop, needed as soon as something in it is.</summary>
    private sealed class Owner(Stmt stmt, Owner? around)
    {
        public Stmt Stmt => stmt;

        public Owner? Around => around;

        public bool IsNeeded { get; set; }

        /// <summary>What is needed if the loop is: ways out of it, and what its test may fail on.</summary>
        public List<(Stmt Stmt, Owner? Around)> Then { get; } = [];
    }

    public static Block Collect(Block body)
    {
        DeadCode code = new();
        List<(Stmt Stmt, Owner? Around)> roots = [];
        code.Enter(body, null, roots);
        code.Need(roots);
        while (code.open.Count > 0)
        {
            if (code.sources.TryGetValue(code.open.Pop(), out (Expr? First, Expr? Second, Owner? Around) source))
            {
                code.Use(source.First);
                code.Use(source.Second);
                code.Need(source.Around);
            }
        }

        return code.Rest(body);
    }

    /// <summary>Learns where values come from, and what has an effect.</summary>
    private void Enter(Block block, Owner? around, List<(Stmt Stmt, Owner? Around)> roots)
    {
        foreach (Stmt stmt in block.Statements)
        {
            switch (stmt)
            {
                case Note or Section:
                    break;
                case Declare declare:
                    sources[declare.Variable.Id] = (declare.Value, null, around);
                    if (IsPinned(declare))
                    {
                        roots.Add((stmt, around));
                    }

                    break;
                case Break exit:
                    LoopAround(around!, exit.Loop).Then.Add((stmt, around));
                    break;
                case If branch:
                    Owner owner = new(branch, around);
                    foreach (Join join in branch.Joins)
                    {
                        sources[join.Result.Id] = (join.Then, join.Else, owner);
                    }

                    Enter(branch.Then, owner, roots);
                    Enter(branch.Else, owner, roots);
                    break;
                case Loop loop:
                    Enter(loop, new Owner(loop, around), roots);
                    break;
                default:
                    roots.Add((stmt, around));
                    break;
            }
        }
    }

    private void Enter(Loop loop, Owner owner, List<(Stmt Stmt, Owner? Around)> roots)
    {
        foreach (Carried carried in loop.Carried)
        {
            sources[carried.Param.Id] = sources[carried.Result.Id] = (carried.Init, carried.Next, owner);
        }

        if (loop.Head is While head)
        {
            Enter(head.Condition, owner, owner.Then);
        }

        Enter(loop.Body, owner, roots);
    }

    private static Owner LoopAround(Owner owner, int loop)
    {
        while (owner.Stmt is not Loop { Id: var id } || id != loop)
        {
            owner = owner.Around!;
        }

        return owner;
    }

    private void Need(List<(Stmt Stmt, Owner? Around)> roots)
    {
        foreach ((Stmt stmt, Owner? around) in roots)
        {
            foreach (Expr expr in stmt.Expressions())
            {
                Use(expr);
            }

            Need(around);
        }
    }

    private void Need(Owner? owner)
    {
        for (; owner is { IsNeeded: false }; owner = owner.Around)
        {
            owner.IsNeeded = true;
            switch (owner.Stmt)
            {
                case If branch:
                    Use(branch.Test);
                    break;
                case Loop { Head: While head } loop:
                    kept.Add(loop.Id);
                    Use(head.Test);
                    break;
                case Loop { Head: Counted head } loop:
                    kept.Add(loop.Id);
                    Use(head.From);
                    Use(head.Bound);
                    break;
            }

            Need(owner.Then);
        }
    }

    private void Use(Expr? expr)
    {
        if (expr is null)
        {
            return;
        }

        foreach (Variable variable in expr.Reads())
        {
            if (live.Add(variable.Id))
            {
                open.Push(variable.Id);
            }
        }
    }

    private bool IsLive(Carried carried) => live.Contains(carried.Param.Id) || live.Contains(carried.Result.Id);

    private static bool IsPinned(Declare declare) => declare.Sweep == Sweep.Primal && declare.Value is { } value && CanFail(value);

    private static bool CanFail(Expr expr) => expr switch
    {
        Element element => element.CanFail,
        Slice => true,
        External external => external.Effect != Effect.Pure || PartsRules.Find(external.Rule) is { CanThrow: true },
        Binary { Op: BinaryOp.Divide or BinaryOp.Remainder, Type.IsFloating: false } division => division.Right is not Literal { Bits: not 0 and not -1 },
        Binary { Overflow: Overflow.Checked, Type.IsFloating: false } or Unary { Overflow: Overflow.Checked, Type.IsFloating: false } => true,
        IR.Convert { Overflow: Overflow.Checked, Type.IsFloating: false } => true,
        _ => false,
    };

    private Block Rest(Block block)
    {
        List<Stmt> rest = new(block.Statements.Count);
        for (int i = 0; i < block.Statements.Count; i++)
        {
            if (!IsCheckedBesides(block, i) && Rest(block.Statements[i]) is { } stmt)
            {
                rest.Add(stmt);
            }
        }

        // A part of which nothing is left needs no heading.
        rest.RemoveAll(stmt => stmt is Section && rest.SkipWhile(other => !ReferenceEquals(other, stmt)).Skip(1).TakeWhile(other => other is not Section).All(other => other is Note or Return));
        return block.With(block.Statements.With(rest));
    }

    /// <summary>A dead load of one part of an element, of which another part is loaded in the same breath: that checks the indices.</summary>
    private bool IsCheckedBesides(Block block, int i)
        => block.Statements[i] is Declare { Value: Element { Path.Count: > 0 } } declare && !live.Contains(declare.Variable.Id)
            && (Besides(block, i, 1) || Besides(block, i, -1));

    private bool Besides(Block block, int i, int step)
    {
        var element = (Element)((Declare)block.Statements[i]).Value!;
        for (int j = i + step; j >= 0 && j < block.Statements.Count && block.Statements[j] is Declare { Value: Element other } sibling; j += step)
        {
            if (other.Memory.Equals(element.Memory) && other.Indices.Equals(element.Indices) && live.Contains(sibling.Variable.Id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is left of a statement; null where nothing is.</summary>
    private Stmt? Rest(Stmt stmt)
    {
        switch (stmt)
        {
            case Declare declare:
                return live.Contains(declare.Variable.Id) || IsPinned(declare) ? stmt : null;
            case If branch:
                If rest = branch.With(branch.Test, Rest(branch.Then), Rest(branch.Else), branch.Joins.Keep(join => live.Contains(join.Result.Id)));
                return IsEmpty(rest.Then) && IsEmpty(rest.Else) && rest.Joins.Count == 0 ? null : rest;
            case Loop loop when !kept.Contains(loop.Id):
                return null;
            case Loop loop:
                LoopHead head = loop.Head is While h ? h.With(Rest(h.Condition), h.Test, h.Step) : loop.Head;
                return loop.With(head, Rest(loop.Body), loop.Carried.Keep(IsLive));
            case Break exit when !kept.Contains(exit.Loop):
                return null;
            default:
                return stmt;
        }
    }

    private static bool IsEmpty(Block block) => block.Statements.All(static stmt => stmt is Note or Section);
}
