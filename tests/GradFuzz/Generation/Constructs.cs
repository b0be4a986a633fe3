namespace Backprop.Fuzz.Generation;

/// <summary>A form of C# that programs may use.</summary>
/// <param name="Share">In which share of the programs it is allowed; 0 switches it off.</param>
public sealed record Construct(string Name, double Share)
{
    /// <summary>What it meets most often: without them there is little of it.</summary>
    public string[] Companions { get; init; } = [];
}

/// <summary>The one place that says what is switched on. Each program is allowed a random part of the list, so that forms meet in many combinations.</summary>
public static class Constructs
{
    public const string Float = "float", Integers = "integers", Flags = "bool locals", Functions = "Math", Kinks = "kinked functions", Ternary = "ternary",
        If = "if", Switch = "switch", SwitchExpression = "switch expression", For = "for", ForEach = "foreach", While = "while", Do = "do", Exits = "break and continue",
        EarlyReturn = "early return", ValuesOfAssignments = "assignments as values", Arrays = "arrays", Spans = "spans", Jagged = "jagged arrays", Grids = "2-D arrays",
        Slices = "slices", Temporaries = "local arrays", Moves = "fill, clear, copy", Swaps = "swaps", ReferenceParameters = "in, ref, out", Structs = "structs", Tuples = "tuples",
        CompositeResults = "struct and tuple results", ArrayResults = "array results", VoidResults = "void results", Classes = "differentiable classes", Calls = "calls",
        Recursion = "recursion", LocalFunctions = "local functions", LocalGrids = "local 2-D and jagged arrays", NoGradient = "[NoGradient]", Stop = "Gradient.Stop",
        Generic = "generic methods", Casts = "casts", Methods = "methods of types",
        Operators = "operators", Recompute = "[Recompute]", StructArrays = "arrays of structs", Memories = "Memory<T>", Cubes = "3-D arrays", ReferenceLocals = "ref locals", Ranges = "ranges and ^i",
        ObjectWrites = "writes into objects", Twins = "parameters alike", Renewals = "arrays one after the other",
        Virtuals = "virtual methods", Objects = "names of objects", Conversions = "conversions of types", Indexers = "indexers of types",
        Widths = "integers of other widths", Enums = "enums", Contexts = "checked and unchecked", Vectors = "vectors", Unmarked = "unmarked methods",
        Tensors = "TensorPrimitives", Choices = "one of two arrays", Names = "named arguments", Patterns = "patterns", Guards = "throw", Forever = "loops without a test",
        Properties = "properties with accessors", Tables = "static tables", Hostile = "names of emitted code", Crossings = "operands that change each other", Counts = "arrays of integers";

    public static IReadOnlyList<Construct> All { get; } =
    [
        new(Float, 0.3), new(Integers, 0.6), new(Flags, 0.3), new(Functions, 0.8), new(Kinks, 0.35), new(Ternary, 0.5), new(If, 0.7), new(Switch, 0.35),
        new(SwitchExpression, 0.3), new(For, 0.7), new(ForEach, 0.35), new(While, 0.35), new(Do, 0.3), new(Exits, 0.5), new(EarlyReturn, 0.3), new(ValuesOfAssignments, 0.25),
        new(Arrays, 0.5), new(Spans, 0.5), new(Jagged, 0.15), new(Grids, 0.15), new(Slices, 0.45), new(Temporaries, 0.4), new(Moves, 0.25), new(Swaps, 0.3),
        new(ReferenceParameters, 0.3), new(Structs, 0.25), new(Tuples, 0.2), new(CompositeResults, 0.15), new(ArrayResults, 0.1), new(VoidResults, 0.12), new(Classes, 0.15),
        new(Calls, 0.35), new(Recursion, 0.12), new(LocalFunctions, 0.15), new(LocalGrids, 0.15), new(NoGradient, 0.3), new(Stop, 0.25), new(Generic, 0.1), new(Casts, 0.4),
        new(Methods, 0.5), new(Operators, 0.4), new(Recompute, 0.15), new(StructArrays, 0.4), new(Memories, 0.15), new(Cubes, 0.1), new(ReferenceLocals, 0.15), new(Ranges, 0.25),
        new(ObjectWrites, 0.5), new(Twins, 0.4), new(Renewals, 0.2), new(Virtuals, 0.6), new(Objects, 0.4), new(Conversions, 0.4), new(Indexers, 0.4), new(Widths, 0.4), new(Enums, 0.3), new(Contexts, 0.3), new(Vectors, 0.12),
        new(Unmarked, 0.3) { Companions = [Methods] }, new(Tensors, 0.25), new(Choices, 0.25), new(Names, 0.3), new(Patterns, 0.35), new(Guards, 0.25), new(Forever, 0.25),
        new(Properties, 0.4), new(Tables, 0.2), new(Hostile, 0.3), new(Crossings, 0.25) { Companions = [ValuesOfAssignments, Integers, Structs, StructArrays, ReferenceParameters, Methods, Indexers, Properties, Calls, Arrays] },
        new(Counts, 0.25) { Companions = [Integers, Arrays] },
    ];

    public static IReadOnlySet<string> Draw(Random random)
    {
        const double ShareOfCompanions = 0.7;
        Construct[] drawn = [.. All.Where(construct => random.NextDouble() < construct.Share)];
        return drawn.Select(static construct => construct.Name).Concat(drawn.SelectMany(static construct => construct.Companions).Where(_ => random.NextDouble() < ShareOfCompanions)).ToHashSet();
    }
}
