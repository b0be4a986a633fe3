using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Values that share one C# local.</summary>
internal sealed class Web
{
    public Web(LiveValue value, Sharing sharing)
    {
        Local = value.Variable;
        Block = value.Block;
        Position = value.Position;
        Range = value.Range;
        Sharing = sharing;
    }

    /// <summary>The variable that stands for all of them.</summary>
    public Variable Local { get; private set; }

    public Sharing Sharing { get; private set; }

    public Region Block { get; private set; }

    public int Position { get; private set; }

    public LiveRange Range { get; private set; }

    public bool HasName => Local.Name.Length > 0;

    public void Take(Web other)
    {
        bool otherStands = other.Sharing == Sharing.Parameter
            || (Sharing != Sharing.Parameter && (other.HasName, -other.Position).CompareTo((HasName, -Position)) > 0);
        Local = otherStands ? other.Local : Local;
        Sharing = otherStands ? other.Sharing : Sharing;
        Block = Region.Common(Block, other.Block);
        Position = Math.Min(Position, other.Position);
        (LiveRange large, LiveRange small) = Range.Count >= other.Range.Count ? (Range, other.Range) : (other.Range, Range);
        large.Add(small);
        Range = large;
    }
}

/// <summary>What may share a local with a value.</summary>
internal enum Sharing { Local, Parameter, Nothing }

/// <summary>
/// Decides which values of a function in normal form share a C# local: the versions of one user variable, and values that flow into each other,
/// as long as no two of them are needed at the same time.
/// </summary>
internal sealed class Webs
{
    private const int Tries = 8;

    private readonly Dictionary<int, Web> webs = [];
    private readonly Dictionary<int, int> parents = [];
    private readonly List<(Variable From, Variable Into)> flows = [];

    private Webs()
    {
    }

    public static Webs Of(Function function, Uses uses)
    {
        var pass = new Webs();
        HashSet<int> addressed = uses.Addressed;
        HashSet<int> parameters = [.. function.Parameters.Select(p => p.Variable.Id)];
        IReadOnlyList<LiveValue> values = Liveness.Of(function);
        foreach (LiveValue value in values)
        {
            int id = value.Variable.Id;
            Sharing sharing = addressed.Contains(id) ? Sharing.Nothing : parameters.Contains(id) ? Sharing.Parameter : Sharing.Local;
            pass.webs.Add(id, new Web(value, sharing));
            pass.parents.Add(id, id);
        }

        Parts.ForEach(function.Body, pass.Collect);
        pass.MergeFlows(SameName);
        pass.MergeVersions(values);
        pass.MergeFlows(Unnamed);
        return pass;
    }

    /// <summary>The variable that stands for a value.</summary>
    public Variable Local(Variable variable) => webs[Root(variable.Id)].Local;

    private int Root(int id)
    {
        while (parents[id] != id)
        {
            id = parents[id] = parents[parents[id]];
        }

        return id;
    }

    private void Collect(Stmt statement)
    {
        switch (statement)
        {
            case Declare { Value: Read read } s:
                flows.Add((read.Variable, s.Variable));
                break;
            case Using s:
                webs[s.Variable.Id] = Fixed(s.Variable);
                break;
            case If s:
                foreach (Join join in s.Joins)
                {
                    AddFlow(join.Then, join.Result);
                    AddFlow(join.Else, join.Result);
                }

                break;
            case Loop s:
                if (s.Head is Counted head)
                {
                    webs[head.Index.Id] = Fixed(head.Index);
                }

                foreach (Carried c in s.Carried)
                {
                    Unite(Root(c.Param.Id), Root(c.Result.Id));
                    AddFlow(c.Next, c.Param);
                    AddFlow(c.Init, c.Param);
                }

                break;
        }
    }

    private Web Fixed(Variable variable)
        => new(new LiveValue(variable, webs[variable.Id].Block, webs[variable.Id].Block, webs[variable.Id].Position), Sharing.Nothing);

    private void AddFlow(Expr value, Variable into)
    {
        if (value is Read read)
        {
            flows.Add((read.Variable, into));
        }
    }

    private void MergeFlows(Func<Web, Web, bool> wanted)
    {
        foreach ((Variable from, Variable into) in flows)
        {
            int a = Root(from.Id), b = Root(into.Id);
            if (a != b && wanted(webs[a], webs[b]))
            {
                TryUnite(a, b);
            }
        }
    }

    private static bool SameName(Web from, Web into)
        => Uses.Key(from.Local) == Uses.Key(into.Local) || (from.HasName && from.Local.Name == into.Local.Name && from.Sharing == into.Sharing);

    private static bool Unnamed(Web from, Web into) => !from.HasName && into.Sharing != Sharing.Parameter;

    // Versions of one variable that do not flow into each other share a local where one is in a block around the other:
    // in blocks beside each other, each declares its own.
    private void MergeVersions(IReadOnlyList<LiveValue> values)
    {
        foreach (IGrouping<int, LiveValue> group in values.GroupBy(v => Uses.Key(v.Variable)))
        {
            var earlier = new List<int>();
            foreach (int root in group.OrderBy(v => v.Position).Select(v => Root(v.Variable.Id)))
            {
                int current = Root(root);
                if (!earlier.Contains(current) && !TryUniteWithOne(earlier, current))
                {
                    earlier.Add(current);
                }
            }
        }
    }

    private bool TryUniteWithOne(List<int> earlier, int current)
    {
        for (int i = earlier.Count - 1; i >= 0 && i >= earlier.Count - Tries; i--)
        {
            int other = earlier[i];
            if (AreNested(webs[other], webs[current]) && TryUnite(other, current))
            {
                earlier[i] = Root(other);
                return true;
            }
        }

        return false;
    }

    private static bool AreNested(Web a, Web b) => a.Block.Encloses(b.Block) || b.Block.Encloses(a.Block);

    private bool TryUnite(int a, int b)
    {
        Web left = webs[a], right = webs[b];
        bool allowed = left.Sharing != Sharing.Nothing && right.Sharing != Sharing.Nothing
            && (left.Sharing != Sharing.Parameter || right.Sharing != Sharing.Parameter)
            && left.Local.Type == right.Local.Type
            && !left.Range.Overlaps(right.Range);
        if (allowed)
        {
            Unite(a, b);
        }

        return allowed;
    }

    private void Unite(int a, int b)
    {
        webs[a].Take(webs[b]);
        webs.Remove(b);
        parents[b] = a;
    }
}
