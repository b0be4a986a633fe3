using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Which loops record values, and why: what a reader of the hint can change. Looks at a body after residuals were brought to their places.</summary>
internal static class Recordings
{
    /// <param name="primal">The method in normal form, where the recorded values are defined.</param>
    /// <param name="sweeps">Both sweeps, with their records.</param>
    public static IEnumerable<Finding> Of(Block primal, Block sweeps)
    {
        HashSet<int> tapes = [.. sweeps.Deep().OfType<Declare>()
            .Where(declare => declare.Value is External { Effect: Effect.Reads } rent && rent.Format.StartsWith("{0}.Rent<", StringComparison.Ordinal))
            .Select(declare => Key(declare.Variable))];
        Dictionary<int, Stmt> definitions = [];
        foreach (Stmt stmt in primal.Deep())
        {
            foreach (Variable variable in stmt.Introduces())
            {
                definitions[variable.Id] = stmt;
            }
        }

        foreach (Loop loop in sweeps.Deep().OfType<Loop>().Where(loop => loop.Mirrors == 0))
        {
            List<Variable> recorded = [.. Own(loop.Body).OfType<Store>().Where(store => store.Target.Memory is Read { Variable: { } tape } && tapes.Contains(Key(tape)))
                .Select(store => store.Value).OfType<Read>().Select(value => value.Variable)];
            if (recorded.Count > 0)
            {
                string reasons = string.Join(", ", recorded.Select(variable => Reason(variable, definitions)));
                yield return Finding.Of(FindingKind.LoopRecords, loop.Id, recorded.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), reasons);
            }
        }
    }

    // A tape that grows has several versions of one variable.
    private static int Key(Variable variable) => variable.Symbol == 0 ? variable.Id : variable.Symbol;

    /// <summary>The statements of a body without those of loops in it.</summary>
    private static IEnumerable<Stmt> Own(Block body) => body.Statements.SelectMany(stmt => stmt is Loop ? [] : stmt.Blocks().SelectMany(Own).Prepend(stmt));

    private static string Reason(Variable variable, Dictionary<int, Stmt> definitions)
    {
        string name = variable.Name.Length > 0 ? $"'{variable.Name}'" : "a value";
        return definitions.TryGetValue(variable.Id, out Stmt? stmt) ? stmt switch
        {
            Loop => $"{name}, which goes from iteration to iteration",
            If => $"{name}, which depends on the branch taken",
            Declare { Value: Apply apply } => $"{name}, because {apply.Primitive} is dear",
            Declare { Value: Binary { Op: BinaryOp.Divide } } => $"{name}, because a division is dear",
            Declare { Value: Element } => $"{name}, whose place is written again",
            _ => name,
        } : name;
    }
}
