namespace Backprop.Generator.IR;

/// <summary>
/// Checks that a body is in normal form: every read is of a variable that is in scope and introduced once, types agree, and exits
/// stand in tail position. Runs between passes in Debug builds and in tests; a failure is a bug of the pass before it.
/// </summary>
internal sealed class Verifier
{
    private readonly string place;
    private readonly HashSet<int> introduced = [];
    private readonly HashSet<int> inScope = [];
    private readonly Stack<string> path = new();

    private Verifier(string place) => this.place = place;

    /// <exception cref="InvalidOperationException">The method is not in normal form; the message says where.</exception>
    public static void CheckNormalForm(Method method)
        => new Verifier(method.Name).Check(method.Parameters.Select(p => p.Variable), method.Body);

    /// <exception cref="InvalidOperationException">The function is not in normal form; the message says where.</exception>
    public static void CheckNormalForm(Function function)
        => new Verifier(function.Name).Check(function.Parameters.Select(p => p.Variable), function.Body);

    private void Check(IEnumerable<Variable> parameters, Block body)
    {
        foreach (Variable parameter in parameters)
        {
            Introduce(parameter);
        }

        Check(body, [], Tail.Method);
    }

    /// <summary>Which exits may end the block that is being checked.</summary>
    private readonly record struct Tail(int Loop, bool EndsMethod)
    {
        public static readonly Tail Method = new(0, true);
        public static readonly Tail None = new(0, false);
    }

    private void Check(Block block, IEnumerable<Expr> endValues, Tail tail)
    {
        var opened = new List<Variable>();
        for (int i = 0; i < block.Statements.Count; i++)
        {
            Stmt statement = block.Statements[i];
            path.Push($"{statement.GetType().Name} {i}");
            Check(statement, i == block.Statements.Count - 1 ? tail : Tail.None);
            foreach (Variable variable in Parts.Defines(statement).Where(v => !introduced.Contains(v.Id)))
            {
                Introduce(variable);
                opened.Add(variable);
            }

            path.Pop();
        }

        foreach (Expr value in endValues)
        {
            Check(value);
        }

        opened.ForEach(v => inScope.Remove(v.Id));
    }

    private void Check(Stmt statement, Tail tail)
    {
        foreach (Expr expr in Parts.Expressions(statement))
        {
            Check(expr);
        }

        Require(Parts.Defines(statement).Select(v => v.Id).Distinct().Count() == Parts.Defines(statement).Count(), "introduces a variable twice");
        foreach (Variable variable in Parts.Defines(statement))
        {
            Require(!introduced.Contains(variable.Id), $"{Show(variable)} is introduced twice");
        }

        switch (statement)
        {
            case Declare s: Require(s.Value is null || Agree(s.Variable.Type, s.Value.Type), $"{Show(s.Variable)} has another type than its value"); break;
            case Store s: Require(Agree(s.Target.Type, s.Value.Type), "stores a value of another type"); break;
            case Accumulate s: Require(Agree(s.Target.Type, s.Value.Type), "adds a value of another type"); break;
            case WriteBack s:
                Require(inScope.Contains(s.Parameter.Id), $"{Show(s.Parameter)} is not in scope");
                Require(Agree(s.Parameter.Type, s.Value.Type), "writes back a value of another type");
                break;
            case If s: CheckIf(s, tail); break;
            case Loop s: CheckLoop(s); break;
            case Break s: Require(tail.Loop == s.Loop && s.Loop != 0, "leaves a loop elsewhere than at the end of a path through its body"); break;
            case Return: Require(tail.EndsMethod, "returns before the end of the method"); break;
            case Assign or Scope or Leave: throw Failure("is not a statement of normal form");
        }
    }

    private void CheckIf(If s, Tail tail)
    {
        Require(s.Test.Type == IrType.Bool, "tests something that is no bool");
        foreach (Join join in s.Joins)
        {
            Require(Agree(join.Result.Type, join.Then.Type) && Agree(join.Result.Type, join.Else.Type), $"joins values of other types in {Show(join.Result)}");
        }

        // A return in a branch would not end the method in every path; normal form has one at the end.
        Check(s.Then, s.Joins.Select(j => j.Then), tail with { EndsMethod = false });
        Check(s.Else, s.Joins.Select(j => j.Else), tail with { EndsMethod = false });
    }

    private void CheckLoop(Loop s)
    {
        var inside = s.Carried.Select(c => c.Param).ToList();
        foreach (Carried c in s.Carried)
        {
            Require(
                new[] { c.Init.Type, c.Next.Type, c.Result.Type }.All(t => Agree(c.Param.Type, t)),
                $"carries values of other types in {Show(c.Param)}");
        }

        if (s.Head is Counted counted)
        {
            inside.Add(counted.Index);
            Require(counted.Step != 0, "counts by nothing");
            Require(Agree(counted.Index.Type, counted.From.Type) && Agree(counted.Index.Type, counted.Bound.Type), "counts in other types than its index");
        }

        inside.ForEach(Introduce);
        if (s.Head is While head)
        {
            Require(head.Step.IsEmpty && head.Index is null, "has a step or an index of source form");
            Require(head.Test.Type == IrType.Bool, "tests something that is no bool");
            Check(head.Condition, [head.Test], Tail.None);
        }

        Require(s.Head is not DoWhile, "is a loop of printable form");
        Check(s.Body, s.Carried.Select(c => c.Next), new Tail(s.Id, false));
        inside.ForEach(v => inScope.Remove(v.Id));
    }

    private void Check(Expr expr)
    {
        foreach (Expr operand in Operands.Of(expr))
        {
            Check(operand);
        }

        switch (expr)
        {
            case Read read: Require(inScope.Contains(read.Variable.Id), $"reads {Show(read.Variable)}, which is not in scope"); break;
            case Binary { Op: not (BinaryOp.ShiftLeft or BinaryOp.ShiftRight or BinaryOp.UnsignedShiftRight) } e:
                Require(Agree(e.Left.Type, e.Right.Type), $"{e.Op} of {e.Left.Type} and {e.Right.Type}");
                break;
            case Conditional e:
                Require(e.Test.Type == IrType.Bool && Agree(e.Then.Type, e.Else.Type), "a conditional of different types");
                break;
            case Element e: Require(e.Memory.Type is { IsMemory: true } or OpaqueType { IsResiduals: true }, "an element of something that is no storage"); break;
        }
    }

    private void Introduce(Variable variable)
    {
        Require(introduced.Add(variable.Id), $"{Show(variable)} is introduced twice");
        inScope.Add(variable.Id);
    }

    // What only its C# name is known of, and views of the same elements, convert implicitly.
    private static bool Agree(IrType a, IrType b)
        => a == b || a is OpaqueType || b is OpaqueType || (a.IsMemory && b.IsMemory && a.Element! == b.Element!);

    private static string Show(Variable variable) => $"'{variable.Name}' ({variable.Id})";

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw Failure(what);
        }
    }

    private InvalidOperationException Failure(string what) => new($"{place}: {string.Join(" / ", path.Reverse())}: {what}.");
}
