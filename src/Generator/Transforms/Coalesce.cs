using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Leaves normal form: values that share a local (<see cref="Webs"/>) become assignments to it, joins and carried values become assignments
/// at the ends of blocks. The result has no declarations but those of loops and <c>using</c>: see <see cref="Placement"/>.
/// </summary>
internal sealed class Coalesce
{
    private readonly Webs webs;
    private readonly EffectsOf effects;
    private readonly Ids ids;
    private readonly Locals locals;
    private readonly HashSet<int> unread = [];

    private Coalesce(Webs webs, Uses uses)
    {
        this.webs = webs;
        effects = new EffectsOf(uses.Addressed);
        ids = new Ids(uses.FirstFreeId);
        locals = new Locals(this);
    }

    public static Function Run(Function function)
    {
        Uses uses = Uses.Of(function);
        var pass = new Coalesce(Webs.Of(function, uses), uses);
        Parts.ForEach(function.Body, s => pass.FindUnread(s, uses));
        return function with { Body = pass.Visit(function.Body, Ending.OfMethod) };
    }

    // Such a value is still computed where that has an effect.
    private void FindUnread(Stmt statement, Uses uses)
    {
        IEnumerable<Variable> found = statement switch
        {
            If s => s.Joins.Select(j => j.Result).Where(v => uses.Reads(v) == 0),
            Loop s => s.Carried.Where(c => uses.Reads(c.Param) + uses.Reads(c.Result) == 0).Select(c => c.Param),
            _ => [],
        };
        unread.UnionWith(found.Select(v => v.Id));
    }

    private Block Visit(Block block, Ending ending)
    {
        var output = new List<Stmt>();
        foreach (Stmt statement in block.Statements)
        {
            switch (statement)
            {
                case Declare s: Assign([new Flow(s.Variable, s.Value ?? new Default(s.Variable.Type))], output); break;
                case If s: VisitIf(s, ending, output); break;
                case Loop s: VisitLoop(s, output); break;
                case Break:
                    foreach (IReadOnlyList<Flow> flows in ending.WayOut())
                    {
                        Assign(flows, output);
                    }

                    output.Add(statement);
                    break;
                case WriteBack { Value: Read same } s when same.Variable.Id == s.Parameter.Id: break;
                default: output.Add(locals.Rename(statement)); break;
            }
        }

        if (!Parts.Leaves(block))
        {
            Assign(ending.Flows, output);
        }

        return Block.Of(output);
    }

    private void VisitIf(If s, Ending ending, List<Stmt> output)
        => output.Add(new If(s.Id, Local(s.Test), Visit(s.Then, Ending.OfThen(s, ending)), Visit(s.Else, Ending.OfElse(s, ending)), default)
        {
            Mirrors = s.Mirrors,
        });

    private void VisitLoop(Loop s, List<Stmt> output)
    {
        Assign([.. s.Carried.Select(c => new Flow(c.Param, c.Init))], output);
        Block body = Visit(s.Body, Ending.OfBody(s));
        LoopHead head = s.Head;
        if (head is Counted counted)
        {
            head = counted with { From = Local(counted.From), Bound = Local(counted.Bound) };
        }
        else if (head is While loop)
        {
            Block condition = Visit(loop.Condition, Ending.OfMethod);
            head = new While(Block.Empty, Local(loop.Test), Block.Empty, null);
            if (!condition.IsEmpty)
            {
                var exit = new If(ids.Take(), Negation.Of(Local(loop.Test)), Block.Of([new Break(s.Id)]), Block.Empty, default);
                head = new While(Block.Empty, Numbers.True, Block.Empty, null);
                body = Block.Of([.. condition.Statements, exit, .. body.Statements]);
            }
        }

        output.Add(s with { Head = head, Body = body, Carried = default });
    }

    private void Assign(IReadOnlyList<Flow> flows, List<Stmt> output)
    {
        List<Flow> copies = [];
        foreach (Flow flow in flows)
        {
            Variable into = unread.Contains(flow.Into.Id) ? ParallelCopy.Nowhere : webs.Local(flow.Into);
            Expr value = Stop.Printed(Local(flow.Value));
            if (value is not Read read || read.Variable.Id != into.Id)
            {
                copies.Add(new Flow(into, value));
            }
        }

        ParallelCopy.Emit(copies, effects, ids, output);
    }

    private Expr Local(Expr expr) => locals.Visit(expr);

    private sealed class Locals(Coalesce pass) : Rewriter
    {
        public override Variable Define(Variable variable) => pass.webs.Local(variable);

        public Stmt Rename(Stmt statement) => Rebuild(statement);
    }
}
