using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Transforms;

/// <summary>Removes what nobody needs. What the primal may fail on stays: an index out of range is thrown whether or not the value is used.</summary>
internal sealed class DeadCode
{
    private readonly HashSet<int> live = [];
    private readonly HashSet<int> kept = [];

    public static Block Collect(Block body)
    {
        DeadCode code = new();
        int before;
        do
        {
            before = code.live.Count + code.kept.Count;
            code.Mark(body);
        }
        while (code.live.Count + code.kept.Count > before);
        return code.Rest(body);
    }

    /// <summary>Whether the block has an effect; marks what is needed in it, last statement first.</summary>
    private bool Mark(Block block)
    {
        bool any = false;
        for (int i = block.Statements.Count - 1; i >= 0; i--)
        {
            any |= Mark(block.Statements[i]);
        }

        return any;
    }

    private bool Mark(Stmt stmt)
    {
        switch (stmt)
        {
            case Note or Section:
                return false;
            case Break exit:
                return kept.Contains(exit.Loop);
            case Declare declare:
                return (live.Contains(declare.Variable.Id) || IsPinned(declare)) && Use(declare);
            case If branch:
                return Branch(branch);
            case Loop loop:
                return LoopIsNeeded(loop);
            default:
                return Use(stmt);
        }
    }

    private bool Branch(If branch)
    {
        List<Join> joins = [.. branch.Joins.Where(join => live.Contains(join.Result.Id))];
        joins.ForEach(join => Use(join.Then, join.Else));
        bool needed = Mark(branch.Then) | Mark(branch.Else) | joins.Count > 0;
        return needed && Use(branch.Test);
    }

    private bool LoopIsNeeded(Loop loop)
    {
        foreach (Carried carried in loop.Carried.Where(IsLive))
        {
            Use(carried.Init, carried.Next);
        }

        if (!Mark(loop.Body) && !loop.Carried.Any(IsLive))
        {
            return false;
        }

        kept.Add(loop.Id);
        if (loop.Head is While head)
        {
            Use(head.Test);
            Mark(head.Condition);
        }
        else
        {
            Counted counted = (Counted)loop.Head;
            Use(counted.From, counted.Bound);
        }

        return true;
    }

    private bool IsLive(Carried carried) => live.Contains(carried.Param.Id) || live.Contains(carried.Result.Id);

    private bool Use(Stmt stmt)
    {
        Use([.. stmt.Expressions()]);
        return true;
    }

    private bool Use(params Expr[] expressions)
    {
        live.UnionWith(expressions.SelectMany(Traversal.Reads).Select(variable => variable.Id));
        return true;
    }

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
        List<Stmt> rest = [.. block.Statements.Where((_, i) => !IsCheckedBesides(block, i)).SelectMany(Rest)];

        // A part of which nothing is left needs no heading.
        rest.RemoveAll(stmt => stmt is Section && rest.SkipWhile(other => !ReferenceEquals(other, stmt)).Skip(1).TakeWhile(other => other is not Section).All(other => other is Note or Return));
        return Block.Of(rest);
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

    private IEnumerable<Stmt> Rest(Stmt stmt)
    {
        switch (stmt)
        {
            case Declare declare:
                return live.Contains(declare.Variable.Id) || IsPinned(declare) ? [stmt] : [];
            case If branch:
                If rest = branch with
                {
                    Then = Rest(branch.Then),
                    Else = Rest(branch.Else),
                    Joins = branch.Joins.Where(join => live.Contains(join.Result.Id)).ToEquatable(),
                };
                return IsEmpty(rest.Then) && IsEmpty(rest.Else) && rest.Joins.Count == 0 ? [] : [rest];
            case Loop loop when !kept.Contains(loop.Id):
                return [];
            case Loop loop:
                LoopHead head = loop.Head is While h ? h with { Condition = Rest(h.Condition) } : loop.Head;
                return [loop with { Head = head, Body = Rest(loop.Body), Carried = loop.Carried.Where(IsLive).ToEquatable() }];
            case Break exit when !kept.Contains(exit.Loop):
                return [];
            default:
                return [stmt];
        }
    }

    private static bool IsEmpty(Block block) => block.Statements.All(stmt => stmt is Note or Section);
}
