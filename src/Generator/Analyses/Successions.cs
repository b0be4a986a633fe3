using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>
/// Array variables that stand for one array after the other, each made anew and not written once such a variable stands for it: <c>h = Step(h, x)</c>. These are
/// values like numbers, only larger, and so are their cotangents: each has an array for them, and what it was given by another one it hands back. Normal form.
/// </summary>
internal sealed class Successions
{
    private readonly Memory memory;
    private readonly HashSet<int> members = [];
    private readonly Dictionary<int, int[]> homes = [];
    private readonly Dictionary<int, List<int[]>> writes = [];
    private readonly List<(Variable Member, Expr Value, int[] Place)> given = [];
    private readonly HashSet<int> made = [];

    private Successions(Memory memory) => this.memory = memory;

    public static Successions Of(Block body, Memory memory)
    {
        Successions found = new(memory);
        if (!body.Deep().SelectMany(Changing).Any())
        {
            return found;
        }

        found.Walk(body, []);
        while (found.members.RemoveWhere(member => !found.given.Where(one => one.Member.Id == member).All(found.IsValue)) > 0)
        {
        }

        return found;
    }

    public bool IsEmpty => members.Count == 0;

    public bool Contains(Variable variable) => members.Contains(variable.Id);

    /// <summary>The variables of a branch or loop that stand for one array after the other.</summary>
    public static IEnumerable<Variable> Changing(Stmt stmt) => (stmt switch
    {
        If branch => branch.Joins.Select(static join => join.Result),
        Loop loop => loop.Carried.SelectMany(static c => new[] { c.Param, c.Result }),
        _ => [],
    }).Where(static variable => variable.Type is ArrayType { Rank: 1, ElementType.IsFloating: true });

    // A place is the numbers of the statements on the way to it, and between them those of their blocks: negative in a loop, which runs them more than once.
    private void Walk(Block block, int[] path)
    {
        for (int i = 0; i < block.Statements.Count; i++)
        {
            Stmt stmt = block.Statements[i];
            int[] place = [.. path, i];
            foreach (Variable variable in stmt.Introduces())
            {
                homes[variable.Id] = path;
            }

            if (stmt is Declare { Value: Allocate } or Call)
            {
                made.UnionWith(stmt.Introduces().Select(static variable => variable.Id));
            }

            foreach (Expr target in Memory.Targets(stmt))
            {
                Write(target, place);
            }

            members.UnionWith(Changing(stmt).Select(static variable => variable.Id));
            Give(stmt, place);
            int number = 0;
            foreach (Block inner in stmt.Blocks())
            {
                Walk(inner, [.. place, stmt is Loop ? --number : number++]);
            }
        }
    }

    private void Give(Stmt stmt, int[] place)
    {
        foreach (Join join in stmt is If branch ? branch.Joins : EquatableArray<Join>.Empty)
        {
            given.Add((join.Result, join.Then, [.. place, 0, int.MaxValue]));
            given.Add((join.Result, join.Else, [.. place, 1, int.MaxValue]));
        }

        if (stmt is Loop loop)
        {
            int body = -1 - loop.Blocks().ToList().FindIndex(block => ReferenceEquals(block, loop.Body));
            foreach (Carried c in loop.Carried)
            {
                homes[c.Param.Id] = [.. place, body];
                given.Add((c.Param, c.Init, place));
                given.Add((c.Param, c.Next, [.. place, body, int.MaxValue]));
                given.Add((c.Result, c.Param.Read(), place));
            }
        }
    }

    private void Write(Expr target, int[] place)
    {
        foreach (int root in memory.RootsOf(target))
        {
            (writes.TryGetValue(root, out List<int[]>? places) ? places : writes[root] = []).Add(memory.RootsOf(target).Count == 1 ? place : Anywhere);
        }
    }

    private static readonly int[] Anywhere = [];

    /// <summary>Whether what a member is given is another member, or an array that nothing writes any more.</summary>
    private bool IsValue((Variable Member, Expr Value, int[] Place) one)
        => one.Value is Read { Variable: var variable } && variable.Type.Equals(one.Member.Type)
            && (members.Contains(variable.Id) || (!Unfollowed(variable) && (!writes.TryGetValue(variable.Id, out List<int[]>? places) || places.TrueForAll(place => IsBefore(place, one.Place, variable)))));

    // A parameter is its own root and has its home outside; what is another name, or a part of an object, is not followed.
    private bool Unfollowed(Variable variable) => !(made.Contains(variable.Id) || !homes.ContainsKey(variable.Id)) || memory.RootsOf(variable.Read()).Any(root => root != variable.Id);

    /// <summary>Whether a write has happened, in the block where the array was made, when it is handed over.</summary>
    private bool IsBefore(int[] write, int[] handed, Variable array)
    {
        int[] home = homes.TryGetValue(array.Id, out int[]? path) ? path : [];
        if (!IsInside(write, home) || !IsInside(handed, home))
        {
            return false;
        }

        int at = home.Length;
        if (!made.Contains(array.Id))
        {
            // A parameter stays as it is from where the statement begins that hands it over.
            return write[at] < handed[at];
        }

        // As far as both are in the same blocks; of the two sides of a branch only one runs.
        while (write[at] == handed[at] && at + 2 < Math.Min(write.Length, handed.Length) && write[at + 1] == handed[at + 1] && write[at + 1] >= 0)
        {
            at += 2;
        }

        return write[at] < handed[at] || (write[at] == handed[at] && at + 2 < Math.Min(write.Length, handed.Length) && write[at + 1] >= 0 && handed[at + 1] >= 0);
    }

    private static bool IsInside(int[] place, int[] home) => place.Length > home.Length && home.Zip(place, static (a, b) => a == b).All(static same => same);
}
