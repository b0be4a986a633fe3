using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Puts values that are used once back into the expression that uses them, and makes conditional expressions of branches that only
/// choose a value. Values, exceptions and writes stay as they were, and so does their order. Normal form to normal form with nested expressions.
/// </summary>
internal sealed class Inline
{
    private const int LargestBound = 4;

    private readonly Uses uses;
    private readonly EffectsOf effects;
    private readonly Dictionary<int, Expr> copies = [];

    private Inline(Uses uses)
    {
        this.uses = uses;
        effects = new EffectsOf(uses.Addressed);
    }

    public static Function Run(Function function)
    {
        var pass = new Inline(Uses.Of(function));
        return function with { Body = pass.Fold(function.Body, []).Block };
    }

    private (Block Block, Expr[] EndValues) Fold(Block block, IEnumerable<Expr> endValues)
    {
        var pending = new PendingValues(effects);
        foreach (Stmt statement in block.Statements)
        {
            Visit(statement, pending);
        }

        Root[] roots = [.. endValues.Select(v => (Root)Substitute(v))];
        if (EndsInSeveralPlaces(block))
        {
            // The values are printed at each end, so nothing long goes into them.
            pending.SettleAll();
        }

        Expr[] ends = pending.Fold(roots);
        return (pending.ToBlock(), ends);
    }

    private static bool EndsInSeveralPlaces(Block block)
        => !block.IsEmpty && block.Statements[block.Statements.Count - 1] is If && Parts.EndsInBreak(block);

    private void Visit(Stmt statement, PendingValues pending)
    {
        switch (statement)
        {
            case Declare s: VisitDeclare(s with { Value = Substitute(s.Value ?? new Default(s.Variable.Type)) }, pending); break;
            case If s: VisitIf(s, pending); break;
            case Loop s: VisitLoop(s, pending); break;
            case Evaluate s: VisitEvaluate(Substitute(s.Value), pending); break;
            case Note or Section or Break: pending.Emit(statement); break;
            default: VisitSimple(statement, pending); break;
        }
    }

    private void VisitDeclare(Declare s, PendingValues pending)
    {
        if (IsCopied(s, pending))
        {
            foreach (Variable variable in Operands.Reads(s.Value!))
            {
                pending.Settle(variable);
            }

            copies.Add(s.Variable.Id, s.Value!);
            return;
        }

        Expr value = pending.Fold(s.Value!)[0];
        var declare = s with { Value = value };
        if (MayMove(declare))
        {
            pending.Add(declare);
            return;
        }

        if (effects.Whole(value) != Effects.None)
        {
            pending.SettleOrdered();
        }

        pending.SettleReadersOf(s.Variable);
        pending.Emit(declare);
    }

    // Literals, lengths and other names for the same value go into every use.
    private bool IsCopied(Declare s, PendingValues pending)
    {
        if (s.Variable.Name.Length > 0 || effects.IsAddressed(s.Variable) || DividesByConstant(s))
        {
            return false;
        }

        return s.Value switch
        {
            Literal or Default or IR.Convert { Operand: Literal, Overflow: Overflow.Unchecked } => true,
            Length { Memory: Read read } => !effects.IsAddressed(read.Variable) && !(pending.Waiting(read.Variable) is not null && uses.Reads(s.Variable) == 1),
            Read read => !effects.IsAddressed(read.Variable) && uses.Reads(s.Variable) != 1 && uses.Versions(read.Variable) == 1,
            Binary { Op: BinaryOp.Add or BinaryOp.Subtract, Overflow: Overflow.Unchecked, Right: Literal } offset when offset.Type.Equals(IrType.Int32) => IsFixed(offset.Left),
            _ => false,
        };
    }

    // An index or a length that nobody changes, so that x[i + 1] and x.Length - 1 read as the user writes them.
    private bool IsFixed(Expr expr) => expr switch
    {
        Read read => !effects.IsAddressed(read.Variable) && uses.Versions(read.Variable) == 1,
        Length { Memory: Read read } => !effects.IsAddressed(read.Variable),
        _ => false,
    };

    private bool MayMove(Declare s)
    {
        if (uses.Reads(s.Variable) != 1 || effects.IsAddressed(s.Variable) || DividesByConstant(s))
        {
            return false;
        }

        return s.Variable.Name.Length == 0 || (s.Sweep != Sweep.Primal && IsCheap(s));
    }

    private bool DividesByConstant(Declare s)
        => uses.Divides(s.Variable) && s.Value is not Literal { Bits: not 0 } && effects.Whole(s.Value!) == Effects.None && !Operands.Reads(s.Value!).Any();

    private static bool IsCheap(Declare s) => s.Value switch
    {
        Read or Literal => true,
        Unary { Operand: Read } => true,
        Binary { Left: Read or Literal, Right: Read or Literal } e => s.Variable.Symbol == 0 && e.Type.IsFloating,
        _ => false,
    };

    private void VisitSimple(Stmt statement, PendingValues pending)
    {
        Stmt folded = statement switch
        {
            Store s => WithoutSelf(VisitStore(s, pending)),
            Accumulate s => VisitAccumulate(s, pending),
            WriteBack s => s with { Value = pending.Fold(Substitute(s.Value))[0] },
            Fill s => pending.Fold(Substitute(s.Memory), Substitute(s.Value)) is var f ? new Fill(f[0], f[1]) : s,
            Copy s => pending.Fold(Substitute(s.Source), Substitute(s.Destination)) is var f ? new Copy(f[0], f[1]) : s,
            Throw s => new Throw(pending.Fold(Substitute(s.Exception))[0]),
            Return { Value: { } value } => new Return(pending.Fold(Substitute(value))[0]),
            Using s => s with { Value = pending.Fold(Substitute(s.Value))[0] },
            _ => statement,
        };
        pending.SettleOrdered();
        pending.Emit(folded);
    }

    private void VisitEvaluate(Expr value, PendingValues pending)
    {
        value = pending.Fold(value)[0];
        if (effects.Whole(value) > Effects.Peeks)
        {
            pending.SettleOrdered();
            pending.Emit(new Evaluate(value));
        }
    }

    private Store VisitStore(Store s, PendingValues pending)
    {
        // An array checks its index after the value is computed, a span before.
        Effects allowed = s.Target.Memory.Type is ArrayType ? Root.Any : Effects.Peeks | Effects.Loads;
        Expr[] folded = FoldTarget(s.Target, new Root(Substitute(s.Value), allowed), pending);
        return new Store(s.Target with { Memory = folded[0], Indices = folded.Skip(1).Take(folded.Length - 2).ToEquatable() }, folded[folded.Length - 1]);
    }

    // C# warns of a member that is assigned to itself. That its object is there is still checked.
    private static Stmt WithoutSelf(Store s) => s.Target.Path.Count > 0 && Stop.Printed(s.Value) == s.Target ? new Evaluate(s.Target) : s;

    private Accumulate VisitAccumulate(Accumulate s, PendingValues pending)
    {
        if (s.Target is Element target)
        {
            Expr[] folded = FoldTarget(target, new Root(Substitute(s.Value), Effects.Peeks | Effects.Loads), pending);
            return new Accumulate(target with { Memory = folded[0], Indices = folded.Skip(1).Take(folded.Length - 2).ToEquatable() }, folded[folded.Length - 1]);
        }

        return s with { Value = pending.Fold(new Root(Substitute(s.Value), Root.Any & ~Effects.Writes))[0] };
    }

    private Expr[] FoldTarget(Element target, Root value, PendingValues pending)
    {
        if (target.Memory is Read { Variable: var made } && pending.Waiting(made) is Allocate or External)
        {
            // What is filled has a name, also where nobody looks at it afterwards.
            pending.Settle(made);
        }

        Root[] rest = [.. target.Indices.Select(i => (Root)Substitute(i)), value];
        // A variable of which a part is written is a place: it is not read.
        return target.Memory is Read { Type: OpaqueType or StructType } place ? [place, .. pending.Fold(rest)] : pending.Fold([Substitute(target.Memory), .. rest]);
    }

    private void VisitIf(If s, PendingValues pending)
    {
        (Block then, Expr[] thenValues) = Fold(s.Then, s.Joins.Select(j => j.Then));
        (Block @else, Expr[] elseValues) = Fold(s.Else, s.Joins.Select(j => j.Else));
        Expr test = Substitute(s.Test);
        EquatableArray<Join> joins = s.Joins.Select((j, i) => j with { Then = thenValues[i], Else = elseValues[i] }).ToEquatable();
        bool empty = IsEmpty(then) && IsEmpty(@else);
        if (empty && joins.Count == 1 && Choice.Of(test, joins[0]) is { } choice)
        {
            VisitDeclare(new Declare(joins[0].Result, choice), pending);
            return;
        }

        if (empty && joins.Count == 0)
        {
            VisitEvaluate(test, pending);
            return;
        }

        test = pending.Fold(test)[0];
        pending.SettleAll();
        pending.Emit(s with { Test = test, Then = then, Else = @else, Joins = joins });
    }

    private static bool IsEmpty(Block block) => block.Statements.All(s => s is Note);

    private void VisitLoop(Loop s, PendingValues pending)
    {
        (Block body, Expr[] next) = Fold(s.Body, s.Carried.Select(c => c.Next));
        Root[] before = [.. s.Carried.Select(c => (Root)Substitute(c.Init)), .. s.Head is Counted c0 ? [Substitute(c0.From)] : Array.Empty<Root>()];
        Expr[] folded = pending.Fold(before);
        LoopHead head = s.Head;
        if (head is Counted counted)
        {
            head = counted with { From = folded[folded.Length - 1], Bound = pending.FoldSmall(Substitute(counted.Bound), LargestBound) };
        }
        else if (head is While loop)
        {
            (Block condition, Expr[] test) = Fold(loop.Condition, [loop.Test]);
            head = loop with { Condition = condition, Test = test[0] };
        }

        pending.SettleAll();
        pending.Emit(s with
        {
            Head = head,
            Body = body,
            Carried = s.Carried.Select((c, i) => c with { Init = folded[i], Next = next[i] }).ToEquatable(),
        });
    }

    private Expr Substitute(Expr expr) => expr is Read read
        ? copies.TryGetValue(read.Variable.Id, out Expr value) ? value : expr
        : expr.Map(Substitute);
}
