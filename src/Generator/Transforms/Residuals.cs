using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Brings every primal value to where the backward sweep reads it. A value of a loop's body is recomputed when that is cheap, else recorded
/// once an iteration; a value of a branch is handed out of the branch; what is still alive is simply used.
/// </summary>
internal sealed class Residuals
{
    private readonly Ids ids;
    private readonly Regions regions;
    private readonly Recomputation recomputation;
    private readonly Records records;
    private readonly Dictionary<int, Trips> trips;
    private readonly Dictionary<int, List<Join>> exports = [];

    // Of spans that come anew in every iteration: no record can hold these, but how long they were.
    private readonly Dictionary<int, Variable> lengths = [];

    private Residuals(Block body, Memory memory, Variable store, Passes passes, Ids ids)
    {
        this.ids = ids;
        trips = TripsIn(body);
        regions = Regions.Of(body);
        recomputation = new(body, memory, regions, passes);
        records = new(regions, trips, DefinitionsIn(body), store, ids);
    }

    /// <param name="store">The frame of the residual store; used only when something is recorded.</param>
    public static Block Apply(Block sweeps, IEnumerable<Variable> parameters, Variable store, Passes passes, Ids ids)
    {
        Residuals residuals = new(sweeps, Memory.Of(sweeps, parameters), store, passes, ids);
        Block resolved = residuals.Resolve(sweeps);
        Block forward = residuals.Instrument(resolved);
        return Versions.Apply(forward, [], ids);
    }

    private static Dictionary<int, Trips> TripsIn(Block body)
    {
        Dictionary<int, Loop> loops = body.Deep().OfType<Loop>().ToDictionary(loop => loop.Id);
        return loops.Values.Where(loop => loops.ContainsKey(loop.Mirrors)).ToDictionary(loop => loop.Mirrors, loop => Trips.Of(loops[loop.Mirrors], loop));
    }

    private static Dictionary<int, Expr> DefinitionsIn(Block body)
        => body.Deep().OfType<Declare>().Where(static declare => declare.Value is not null).ToDictionary(static declare => declare.Variable.Id, static declare => declare.Value!);

    /// <summary>Resolves what the adjoint loops and branches in a block read, inner ones first.</summary>
    private Block Resolve(Block block) => block.With(block.Statements.Map(stmt => stmt.Map(static expr => expr, Resolve) switch
    {
        // What was left out of the forward sweep has nothing that its adjoint could read.
        Loop loop when regions.HasForwardOf(loop) => Resolve(loop),
        If branch when regions.HasForwardOf(branch) => Resolve(branch),
        var other => other,
    }));

    private Loop Resolve(Loop adjoint)
    {
        ReversedRegion region = regions.Inside(adjoint.Mirrors);
        adjoint = (Loop)Measured(adjoint, region);
        Resolution resolution = Provide(adjoint.Body, adjoint.Carried.Select(carried => carried.Next), region, [trips[adjoint.Mirrors].Same]);
        List<Stmt> restored = [.. resolution.Kept.Select(variable => records.Record(variable, adjoint.Mirrors, resolution.NameFor(variable, ids)))];
        Block body = Block.Of([.. restored, .. resolution.Recomputed, .. adjoint.Body.Statements, .. records.StepBack(adjoint.Mirrors)]);
        return adjoint with
        {
            Body = body.Substitute(resolution.Find),
            Carried = adjoint.Carried.Select(carried => carried with { Next = carried.Next.Substitute(resolution.Find) }).ToEquatable(),
        };
    }

    private If Resolve(If adjoint)
    {
        adjoint = (If)Measured(Measured(adjoint, regions.Branch(adjoint.Mirrors, Side.Then)), regions.Branch(adjoint.Mirrors, Side.Else));
        (Block then, Resolution inThen) = Branch(adjoint.Then, adjoint.Joins.Select(join => join.Then), adjoint.Mirrors, Side.Then);
        (Block @else, Resolution inElse) = Branch(adjoint.Else, adjoint.Joins.Select(join => join.Else), adjoint.Mirrors, Side.Else);
        IEnumerable<Join> joins = adjoint.Joins.Select(join => join with { Then = join.Then.Substitute(inThen.Find), Else = join.Else.Substitute(inElse.Find) });
        return adjoint with { Then = then, Else = @else, Joins = joins.ToEquatable() };
    }

    private (Block Block, Resolution Resolution) Branch(Block adjoint, IEnumerable<Expr> also, int owner, Side side)
    {
        ReversedRegion region = regions.Branch(owner, side);
        Resolution resolution = Provide(adjoint, also, region, []);
        int loop = region.Loops().FirstOrDefault();
        List<Stmt> restored = [];
        foreach (Variable variable in resolution.Kept)
        {
            if (loop == 0)
            {
                if (variable.Type is not SpanType)
                {
                    Records.Check(variable);
                }

                resolution.Name(variable, HandOut(variable, region).Read());
            }
            else
            {
                restored.Add(records.Record(variable, loop, resolution.NameFor(variable, ids)));
            }
        }

        Block body = Block.Of([.. restored, .. resolution.Recomputed, .. adjoint.Statements]);
        return (body.Substitute(resolution.Find), resolution);
    }

    private Resolution Provide(Block adjoint, IEnumerable<Expr> also, ReversedRegion region, IEnumerable<(Variable Primal, Expr Adjoint)> same)
    {
        IEnumerable<Variable> needed = adjoint.Reads().Concat(also.SelectMany(static expr => expr.Reads())).Where(variable => regions.IsIn(variable, region)).Distinct();
        return recomputation.Resolve(needed, variable => regions.IsIn(variable, region), same, ids);
    }

    /// <summary>Asks for a kept number where it asked for the length of a span that the platform or code of the user's gave.</summary>
    private Stmt Measured(Stmt adjoint, ReversedRegion region)
        => adjoint.Map(expr => Measured(expr, region), block => block.With(block.Statements.Map(stmt => Measured(stmt, region))));

    private Expr Measured(Expr expr, ReversedRegion region) => expr is Length { Memory: Read { Variable: { Type: SpanType } span } } && recomputation.IsGiven(span) && regions.IsIn(span, region)
        ? LengthOf(span).Read() : expr.Map(operand => Measured(operand, region));

    private Variable LengthOf(Variable span)
    {
        if (!lengths.TryGetValue(span.Id, out Variable? length))
        {
            lengths[span.Id] = length = ids.Fresh("", IrType.Int32);
            regions.Adopt(length, regions.Of(span));
        }

        return length;
    }

    /// <summary>A value of a branch becomes a result of its <c>if</c>; after the other side it is never read.</summary>
    private Variable HandOut(Variable variable, ReversedRegion region)
    {
        Variable outer = ids.Fresh(variable.Name, variable.Type);
        Default none = new(variable.Type);
        Join join = region.Side == Side.Then ? new(outer, variable.Read(), none) : new(outer, none, variable.Read());
        (exports.TryGetValue(region.Owner, out List<Join>? joins) ? joins : exports[region.Owner] = []).Add(join);
        regions.Adopt(outer, region.Parent);
        return outer;
    }

    /// <summary>Adds the records and the handed-out values to the forward sweep.</summary>
    private Block Instrument(Block block) => Block.Of(block.Statements.SelectMany(stmt =>
    {
        if (Regions.MirroredBy(stmt) != 0)
        {
            return [stmt];
        }

        Stmt inner = stmt.Map(expr => expr, Instrument);
        IEnumerable<Stmt> instrumented = inner switch
        {
            Loop loop => [.. records.Before(loop.Id), loop with { Body = Block.Of([.. records.AtHead(loop.Id), .. loop.Body.Statements]) }],
            If branch when exports.TryGetValue(branch.Id, out List<Join>? joins) => [.. records.Before(branch.Id), branch with { Joins = branch.Joins.Concat(joins).ToEquatable() }],
            If branch => [.. records.Before(branch.Id), branch],
            _ => [inner],
        };
        return instrumented.Concat(inner.Introduces().SelectMany(variable => lengths.TryGetValue(variable.Id, out Variable? length)
            ? [.. records.After(variable), new Declare(length, new Length(variable.Read())), .. records.After(length)]
            : records.After(variable)));
    }));
}
