using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Brings every exit into tail position, so that control flow is a tree: what follows an <c>if</c> of which one branch leaves moves into the
/// other branch; where a branch only may leave, a flag remembers it. Afterwards there is no <c>return</c> but one at the end, no
/// <c>continue</c>, no step block, and a <c>break</c> only where nothing follows in its iteration.
/// </summary>
internal sealed class Exits
{
    private const int MethodScope = 0;

    private readonly Ids ids;

    private Exits(Ids ids) => this.ids = ids;

    public static Method Apply(Method method)
    {
        Ids ids = new(method.FirstFreeId);
        Exits exits = new(ids);
        List<Stmt> statements = [.. method.Body.Statements];
        Variable? result = null;
        if (method.ReturnType is { } type && IsSingleReturn(method.Body) is false)
        {
            result = ids.Fresh("value", type);
            statements = [new Declare(result, null), .. ReturnsTo(method.Body, result).Statements];
        }

        Return? last = result is null && statements.LastOrDefault() is Return { Value: not null } only ? only : null;
        List<Stmt> body = exits.Sequence(exits.LiftFromLoops(Block.Of(statements.Where(stmt => stmt != last))).Statements.ToList());
        if (last is not null && body.LastOrDefault() is Throw)
        {
            // Nothing is left of what it would return.
            result = ids.Fresh("value", method.ReturnType!);
            (body, last) = ([new Declare(result, null), .. body], null);
        }

        body.Add(last ?? new Return(result?.Read()));
        return method with { Body = Block.Of(body), FirstFreeId = ids.Next };
    }

    private static bool IsSingleReturn(Block body)
        => body.Deep().OfType<Return>().Count() <= 1 && body.Statements.LastOrDefault() is Return;

    private static Block ReturnsTo(Block block, Variable result) => Block.Of(block.Statements.SelectMany(stmt => stmt is Return { Value: { } value }
        ? [new Assign(result, value), new Return(null)]
        : new[] { stmt.Map(expr => expr, inner => ReturnsTo(inner, result)) }));

    /// <summary>Inner loops first: an exit that goes beyond its loop becomes a flag, a <c>break</c>, and the exit again after the loop.</summary>
    private Block LiftFromLoops(Block block) => Block.Of(block.Statements.SelectMany(stmt =>
    {
        Stmt inner = stmt.Map(expr => expr, LiftFromLoops);
        if (inner is Return)
        {
            inner = new Leave(MethodScope);
        }

        return inner is Loop loop ? Lift(Rotate(loop)) : [inner];
    }));

    /// <summary>A condition that does more than compute a test moves into the body.</summary>
    private static Loop Rotate(Loop loop)
    {
        if (loop.Head is not While head || IsPlain(head.Condition))
        {
            return loop;
        }

        Stmt leave = new If(-loop.Id, head.Test, Block.Empty, Block.Of([new Break(loop.Id)]), EquatableArray<Join>.Empty);
        return loop with
        {
            Head = head with { Condition = Block.Empty, Test = Numbers.True },
            Body = Block.Of([.. head.Condition.Statements, leave, .. loop.Body.Statements]),
        };
    }

    private static bool IsPlain(Block condition)
    {
        HashSet<int> own = [.. condition.Deep().OfType<Declare>().Select(declare => declare.Variable.Id)];
        return condition.Deep().All(stmt => stmt is Declare or If or Note || (stmt is Assign assign && own.Contains(assign.Variable.Id)));
    }

    private IEnumerable<Stmt> Lift(Loop loop)
    {
        List<Stmt> before = [];
        List<Stmt> after = [];
        foreach (Stmt exit in ExitsOf([.. loop.Body.Statements, .. StepOf(loop)]).Where(exit => exit != new Break(loop.Id)))
        {
            Variable flag = Flag(exit);
            before.Add(new Declare(flag, Numbers.False));
            loop = loop with { Body = Replace(loop.Body, exit, [new Assign(flag, Numbers.True), new Break(loop.Id)]) };
            after.Add(new If(ids.Take(), flag.Read(), Block.Of([exit]), Block.Empty, EquatableArray<Join>.Empty));
        }

        return [.. before, loop, .. after];
    }

    private static IEnumerable<Stmt> StepOf(Loop loop) => loop.Head is While head ? head.Step.Statements : [];

    private Variable Flag(Stmt exit) => ids.Fresh(exit is Leave { Scope: MethodScope } ? "returned" : exit is Leave ? "skipped" : "stopped", IrType.Bool);

    private List<Stmt> Sequence(IReadOnlyList<Stmt> statements)
    {
        List<Stmt> result = [];
        for (int i = 0; i < statements.Count; i++)
        {
            Stmt stmt = statements[i];
            switch (stmt)
            {
                case Leave:
                    return result;
                case Break or Throw:
                    result.Add(stmt);
                    return result;
                case Loop loop:
                    result.Add(Body(loop));
                    break;
                case If branch when IsGuard(branch):
                    result.AddRange(Throwing(branch, statements.Skip(i + 1)));
                    return result;
                case If or Scope:
                    List<Stmt> exits = ExitsOf([stmt]);
                    if (exits.Count > 0 && i + 1 < statements.Count)
                    {
                        result.AddRange(Leaving(stmt, exits, [.. statements.Skip(i + 1)]));
                        return result;
                    }

                    result.AddRange(Branching(stmt));
                    break;
                default:
                    result.Add(stmt);
                    break;
            }
        }

        return result;
    }

    /// <summary>After a throw nothing goes on, so what the other side does simply follows the <c>if</c>.</summary>
    private IEnumerable<Stmt> Throwing(If branch, IEnumerable<Stmt> rest)
    {
        (If guard, Block other) = Throws(branch.Then) ? (branch with { Else = Block.Empty }, branch.Else) : (branch with { Then = Block.Empty }, branch.Then);
        return [.. Branching(guard), .. Sequence([.. other.Statements, .. rest])];
    }

    private IEnumerable<Stmt> Either(If branch) => IsGuard(branch) ? Throwing(branch, []) : Branching(branch);

    private static bool IsGuard(If branch) => Throws(branch.Then) || Throws(branch.Else);

    private static bool Throws(Block block) => !FallsThrough(block.Statements) && !ExitsWithin(block.Statements).Any();

    private Loop Body(Loop loop)
    {
        List<Stmt> body = Sequence([.. loop.Body.Statements, .. StepOf(loop)]);
        LoopHead head = loop.Head is While h ? h with { Condition = Block.Of(Sequence(h.Condition.Statements)), Step = Block.Empty, Index = null } : loop.Head;
        return loop with { Head = head, Body = Block.Of(body) };
    }

    private IEnumerable<Stmt> Branching(Stmt stmt) => stmt is If s
        ? [s with { Then = Block.Of(Sequence(s.Then.Statements)), Else = Block.Of(Sequence(s.Else.Statements)) }]
        : Sequence(((Scope)stmt).Body.Statements);

    /// <summary>A statement that may leave, and what follows it when it does not.</summary>
    private IEnumerable<Stmt> Leaving(Stmt stmt, List<Stmt> exits, List<Stmt> rest) => stmt switch
    {
        If s when !FallsThrough(s.Then.Statements) => Either(s with { Else = Block.Of([.. s.Else.Statements, .. rest]) }),
        If s when !FallsThrough(s.Else.Statements) => Either(s with { Then = Block.Of([.. s.Then.Statements, .. rest]) }),
        Scope s when !ExitsWithin(s.Body.Statements).Contains(new Leave(s.Id)) => Sequence([.. s.Body.Statements, .. rest]),
        _ => Flagged(stmt, exits, rest),
    };

    private List<Stmt> Flagged(Stmt stmt, List<Stmt> exits, List<Stmt> rest)
    {
        List<Stmt> before = [];
        Scope scope = new(ids.Take(), Block.Of([stmt]));
        List<Stmt> after = rest;
        foreach (Stmt exit in exits)
        {
            Variable flag = Flag(exit);
            before.Add(new Declare(flag, Numbers.False));
            scope = scope with { Body = Replace(scope.Body, exit, [new Assign(flag, Numbers.True), new Leave(scope.Id)]) };
            after = [new If(ids.Take(), flag.Read(), Block.Of([exit]), Block.Of(after), EquatableArray<Join>.Empty)];
        }

        return Sequence([.. before, scope, .. after]);
    }

    /// <summary>Replaces an exit that goes beyond the block (an inner loop has none but its own break by now).</summary>
    private static Block Replace(Block block, Stmt exit, Stmt[] by) => Block.Of(block.Statements.SelectMany(stmt => stmt switch
    {
        _ when stmt.Equals(exit) => by,
        If or Scope => [stmt.Map(expr => expr, inner => Replace(inner, exit, by))],
        _ => [stmt],
    }));

    /// <summary>The exits among the statements that go beyond them, each once.</summary>
    private static List<Stmt> ExitsOf(IEnumerable<Stmt> statements) => [.. ExitsWithin(statements).Distinct()];

    private static IEnumerable<Stmt> ExitsWithin(IEnumerable<Stmt> statements) => statements.SelectMany(stmt => stmt switch
    {
        Leave or Break => [stmt],
        If s => ExitsWithin(s.Then.Statements).Concat(ExitsWithin(s.Else.Statements)),
        Scope s => ExitsWithin(s.Body.Statements).Where(exit => exit != new Leave(s.Id)),
        Loop s => ExitsWithin([.. s.Body.Statements, .. StepOf(s)]).Where(exit => exit != new Break(s.Id)),
        _ => [],
    });

    private static bool FallsThrough(IEnumerable<Stmt> statements) => statements.All(stmt => stmt switch
    {
        Leave or Break or Throw or Return => false,
        If s => FallsThrough(s.Then.Statements) || FallsThrough(s.Else.Statements),
        Scope s => FallsThrough(s.Body.Statements) || ExitsWithin(s.Body.Statements).Contains(new Leave(s.Id)),
        _ => true,
    });
}
