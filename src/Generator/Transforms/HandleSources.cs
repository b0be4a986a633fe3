using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// From where the array and span variables that change get their memory. Those that give each other theirs are a <em>family</em>; what they get from
/// elsewhere are its <em>bases</em>, which must be in scope wherever one of the family gets its memory.
/// </summary>
internal sealed class HandleSources
{
    private readonly Dictionary<int, Expr> definitions = [];
    private readonly Dictionary<int, int[]> homes = [];
    private readonly Dictionary<int, int[]> places = [];
    private readonly Dictionary<int, Variable> changing = [];
    private readonly Dictionary<int, List<Expr>> given = [];
    private readonly Dictionary<int, Family> families = [];
    private readonly Dictionary<int, HashSet<int>> reached = [];
    private readonly HashSet<int> whole = [];

    private HandleSources()
    {
    }

    internal sealed class Family
    {
        public List<Variable> Members { get; } = [];

        public List<Variable> Bases { get; } = [];

        /// <summary>Whether parts of the bases are meant.</summary>
        public bool IsSliced { get; set; }

        /// <summary>Whether the arrays themselves are needed, not only their elements.</summary>
        public bool IsWhole { get; set; }

        public bool IsBroken { get; set; }
    }

    public static bool Occur(Block body) => body.Deep().SelectMany(Changing).Any();

    public static HandleSources Of(Block body, IEnumerable<Variable> parameters)
    {
        HandleSources sources = new();
        foreach (Variable parameter in parameters)
        {
            sources.homes[parameter.Id] = [];
        }

        sources.Walk(body, []);
        sources.whole.UnionWith(body.Deep().SelectMany(WholeUses).Select(static variable => variable.Id));
        sources.FindFamilies();
        return sources;
    }

    /// <summary>The family of a variable that changes and can be told by numbers; else null.</summary>
    public Family? FamilyOf(Variable variable) => families.TryGetValue(variable.Id, out Family? family) && !family.IsBroken ? family : null;

    /// <summary>The number of a base among those of a variable's family.</summary>
    public int? NumberOf(Variable candidate, Variable target)
        => TargetFamily(target) is { } family && family.Bases.FindIndex(b => b.Id == candidate.Id) is >= 0 and var index ? index : null;

    /// <summary>What a variable may stand for.</summary>
    public IEnumerable<Variable> BasesOf(Variable variable) => FamilyOf(variable)!.Bases.Where(b => reached[variable.Id].Contains(b.Id));

    /// <summary>Whether the length of a base is asked for.</summary>
    public bool IsMeasured(Variable variable) => families.Values.Any(family => family is { IsBroken: false, IsSliced: true } && family.Bases.Any(b => b.Id == variable.Id));

    /// <summary>The part of other memory that a variable is, where a family needs it told by numbers.</summary>
    public Slice? SliceOf(Variable variable) => owners.TryGetValue(variable.Id, out Family? family) && !family.IsBroken && definitions[variable.Id] is Slice slice ? slice : null;

    /// <summary>The memory of which a variable is another view.</summary>
    public Expr? WholeOf(Variable variable) => definitions.TryGetValue(variable.Id, out Expr? value) && value is Slice slice && IsWhole(slice) ? slice.Memory : null;

    /// <summary>The same method, where what is made in an iteration and outlives it has memory of its own each time.</summary>
    public Block Kept(Block body)
    {
        HashSet<int> lasting = [.. families.Values.Where(static family => family.IsBroken).SelectMany(static family => family.Bases).Select(static b => b.Id)];
        Block Inside(Block block) => Block.Of(block.Statements.Select(stmt => stmt is Declare { Value: Allocate allocate } declare && lasting.Contains(declare.Variable.Id)
            ? declare with { Value = allocate with { Lifetime = Lifetime.Escapes } }
            : stmt.Map(static expr => expr, Inside)));
        return lasting.Count == 0 ? body : Inside(body);
    }

    /// <summary>The blocks around the place where a family's memory is chosen first, and around that of a variable.</summary>
    public int[] PlaceOf(Family family) => family.Members.Select(member => places[member.Id]).Aggregate(static (a, b) => a.Length < b.Length ? a : b);

    public int[] HomeOf(Variable variable) => homes[variable.Id];

    public IEnumerable<Family> Families => families.Values.Distinct();

    public Expr? DefinitionOf(Variable variable) => definitions.TryGetValue(variable.Id, out Expr? value) ? value : null;

    // Slices by the family that they give memory to.
    private readonly Dictionary<int, Family> owners = [];

    private Family? TargetFamily(Variable target) => FamilyOf(target) ?? (owners.TryGetValue(target.Id, out Family? family) && !family.IsBroken ? family : null);

    private static bool IsHandle(Variable variable) => variable.Type is ArrayType or SpanType;

    private static IEnumerable<Variable> Changing(Stmt stmt) => stmt switch
    {
        If branch => branch.Joins.Select(static join => join.Result).Where(IsHandle),
        Loop loop => loop.Carried.SelectMany(static c => new[] { c.Param, c.Result }).Where(IsHandle),
        _ => [],
    };

    private static IEnumerable<Variable> WholeUses(Stmt stmt)
    {
        IEnumerable<Expr> handed = stmt switch
        {
            Call call => call.Arguments,
            Return { Value: { } value } => [value],
            Store { Value: { } value } => [value],
            _ => stmt.Expressions().OfType<External>().SelectMany(static external => external.Arguments),
        };
        return handed.OfType<Read>().Select(static read => read.Variable).Where(IsHandle);
    }

    private void Walk(Block block, int[] path)
    {
        foreach (Stmt stmt in block.Statements)
        {
            foreach (Variable variable in stmt.Introduces())
            {
                homes[variable.Id] = places[variable.Id] = path;
            }

            if (stmt is Declare { Value: { } value } declare)
            {
                definitions[declare.Variable.Id] = value;
            }

            Follow(stmt, path);
        }
    }

    private void Follow(Stmt stmt, int[] path)
    {
        if (stmt is If branch)
        {
            branch.Joins.Where(static join => IsHandle(join.Result)).ToList().ForEach(join => Give(join.Result, join.Then, join.Else));
            Walk(branch.Then, [.. path, branch.Id, 1]);
            Walk(branch.Else, [.. path, branch.Id, 2]);
        }
        else if (stmt is Loop loop)
        {
            foreach (Carried c in loop.Carried.Where(static c => IsHandle(c.Param)))
            {
                Give(c.Param, c.Init, c.Next);
                Give(c.Result, c.Param.Read());
            }

            // What a parameter stands for must be known before the loop.
            int[] inside = [.. path, loop.Id, 0];
            foreach (Variable variable in loop.Carried.Select(static c => c.Param).Concat(loop.Head is Counted { Index: var index } ? [index] : Array.Empty<Variable>()))
            {
                homes[variable.Id] = inside;
            }

            Walk(loop.Head is While head ? head.Condition : Block.Empty, inside);
            Walk(loop.Body, inside);
        }
    }

    private void Give(Variable variable, params Expr[] values)
    {
        changing[variable.Id] = variable;
        given[variable.Id] = [.. values];
    }

    private void FindFamilies()
    {
        foreach (Variable variable in changing.Values)
        {
            Family own = families.TryGetValue(variable.Id, out Family? known) ? known : families[variable.Id] = new Family { Members = { variable } };
            foreach (Variable source in given[variable.Id].Select(Origin).OfType<Variable>().Where(source => changing.ContainsKey(source.Id)))
            {
                own = Union(own, families.TryGetValue(source.Id, out Family? other) ? other : families[source.Id] = new Family { Members = { source } });
            }
        }

        foreach (Family family in Families.ToList())
        {
            FindBases(family);
        }

        Spread();
    }

    private Family Union(Family a, Family b)
    {
        if (!ReferenceEquals(a, b))
        {
            a.Members.AddRange(b.Members);
            b.Members.ForEach(member => families[member.Id] = a);
        }

        return a;
    }

    /// <summary>The variable that changes, or the memory itself, of which an expression is a part.</summary>
    private Variable? Origin(Expr memory) => memory is not Read { Variable: var variable } ? null
        : !changing.ContainsKey(variable.Id) && definitions.TryGetValue(variable.Id, out Expr? value) && value is Slice slice ? Origin(slice.Memory)
        : variable;

    private void FindBases(Family family)
    {
        family.IsWhole = family.Members.Any(member => whole.Contains(member.Id));
        int[] place = PlaceOf(family);
        foreach (Variable variable in family.Members.SelectMany(member => given[member.Id]).OfType<Read>().Select(static read => read.Variable))
        {
            AddBase(family, variable, place);
        }

        // Arrays handed on as such, and the rows of tables, are themselves in every place.
        family.IsBroken |= family.Bases.Count == 0 || family.Members.Any(member => member.Type is ArrayType { Rank: > 2 } or ArrayType { ElementType: { IsMemory: true } and not StructType });
    }

    private void AddBase(Family family, Variable variable, int[] place)
    {
        if (changing.ContainsKey(variable.Id))
        {
            return;
        }

        if (!IsPrefix(homes[variable.Id], place) && definitions.TryGetValue(variable.Id, out Expr? value) && value is Slice { Memory: Read { Variable: var memory } } slice)
        {
            if (!IsWhole(slice))
            {
                owners[variable.Id] = family;
                family.IsSliced = true;
            }

            AddBase(family, memory, place);
            return;
        }

        if (family.Bases.All(b => b.Id != variable.Id))
        {
            family.Bases.Add(variable);
            family.IsBroken |= !IsPrefix(homes[variable.Id], place);
        }
    }

    private bool IsWhole(Slice slice) => slice.Start.Is(0) && slice.Count is Read { Variable.Id: var count } && definitions.TryGetValue(count, out Expr? length)
        && length is Length { Dimension: Length.Whole, Memory: var memory } && memory.Equals(slice.Memory);

    private static bool IsPrefix(int[] outer, int[] inner) => outer.Length <= inner.Length && outer.Zip(inner, static (a, b) => a == b).All(static same => same);

    /// <summary>Which bases get to which variable.</summary>
    private void Spread()
    {
        foreach (Variable variable in changing.Values)
        {
            reached[variable.Id] = [];
        }

        bool isMore = true;
        while (isMore)
        {
            isMore = false;
            foreach (Variable variable in changing.Values)
            {
                foreach (Expr value in given[variable.Id])
                {
                    foreach (int found in From(value, families[variable.Id]).ToList())
                    {
                        isMore |= reached[variable.Id].Add(found);
                    }
                }
            }
        }
    }

    private IEnumerable<int> From(Expr memory, Family family) => memory is not Read { Variable: var variable } ? []
        : changing.ContainsKey(variable.Id) ? reached[variable.Id]
        : family.Bases.Any(b => b.Id == variable.Id) ? [variable.Id]
        : definitions.TryGetValue(variable.Id, out Expr? value) && value is Slice slice ? From(slice.Memory, family)
        : [];
}
