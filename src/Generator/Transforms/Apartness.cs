using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The checks that two arguments, or an argument and an accumulator, share no storage of which one is written.</summary>
internal sealed class Apartness(Signature signature, Memory memory, Block primal)
{
    private readonly Dictionary<int, List<Place>> places = [];

    /// <summary>Where the primal writes an argument, no other may be the same memory.</summary>
    public IEnumerable<Stmt> OfArguments() => OfWritten([.. signature.Method.Parameters.Select(static parameter => (parameter.Variable, parameter.Variable))]);

    /// <summary>Nor may their cotangents.</summary>
    public IEnumerable<Stmt> OfAccumulators() => OfWritten([.. signature.Memories.Select(static pair => (pair.Parameter.Variable, pair.Accumulator))]);

    /// <summary>The backward pass writes accumulators while it still reads the arguments. That a gradient is not what it is the gradient of is found with its shape.</summary>
    public IEnumerable<Stmt> OfBoth()
        => from pair in signature.Memories
           from parameter in signature.Method.Parameters
           where parameter.Variable.Type is { IsMemory: true } and not StructType && (pair.Parameter != parameter || !LeadsOn(parameter.Variable))
           from check in Ones(pair.Parameter.Variable).SelectMany(place => Ones(parameter.Variable).SelectMany(other => OfTwo(pair.Accumulator, place, parameter.Variable, other)))
           select check;

    /// <summary>Nobody makes a gradient of parts of another argument; the argument itself may be given by mistake.</summary>
    private IEnumerable<Place> Ones(Variable parameter) => PlacesOf(parameter).Select(static place => place with { Extent = Extent.Itself });

    /// <summary>A variable of the caller's is no part of what is reached from a parameter.</summary>
    public IEnumerable<Stmt> OfReference(Variable reference, Variable parameter)
        => Reachable(parameter) is { } reachable ? [Check($"Apart({{0}}, {{1}}, {NameOf(reference, default, 2)}, {NameOf(parameter, default, 3)})", Reached("Variable(in {0})", reference), reachable, reference.Read(), parameter.Read())] : [];

    /// <summary>A row that is there twice has one gradient.</summary>
    public IEnumerable<Stmt> OfRows()
        => from pair in signature.Memories
           where pair.Parameter.Variable.Type is ArrayType { Rank: 1, ElementType: ArrayType } && memory.IsWritten(pair.Parameter.Variable.Id)
           select Check($"SharedAlike({{0}}, {{1}}, {NameOf(pair.Accumulator, default, 0)})", pair.Accumulator.Read(), pair.Parameter.Variable.Read());

    /// <summary>Whether there is more storage behind what a parameter names.</summary>
    private static bool LeadsOn(Variable parameter) => Reachable(parameter) is not null && parameter.Type is not ArrayType { Rank: > 1 };

    private IEnumerable<Stmt> OfWritten(List<(Variable Argument, Variable Checked)> all)
        => from i in Enumerable.Range(0, all.Count)
           from j in Enumerable.Range(i + 1, all.Count - i - 1)
           from check in Checks(all[i], all[j])
           select check;

    private IEnumerable<Stmt> Checks((Variable Argument, Variable Checked) one, (Variable Argument, Variable Checked) other)
    {
        if (one.Argument.Type is StructType or { IsMemory: false } || other.Argument.Type is StructType or { IsMemory: false })
        {
            return [];
        }

        (List<Place> ones, List<Place> others) = (PlacesOf(one.Argument), PlacesOf(other.Argument));
        return ones[0].Extent == Extent.Itself && others[0].Extent == Extent.Itself
            ? from a in ones from b in others where a.IsWritten || b.IsWritten from check in OfTwo(one.Checked, a, other.Checked, b) select check
            : ones.Concat(others).Any(static place => place.IsWritten) && (MayMeet(one.Argument, other.Argument) || MayMeet(other.Argument, one.Argument)) ? OfAll(one, other) : [];
    }

    /// <summary>Indices are met in an object only by who writes such numbers.</summary>
    private bool MayMeet(Variable one, Variable other) => !IsFlat(one.Type) ? !IsFlat(other.Type)
        : one.Type.Element is { IsFloating: true } or StructType || other.Type.Element is ArrayType || Writes(one, one.Type.Element!) || Writes(other, one.Type.Element!);

    private bool Writes(Variable parameter, IrType element)
        => Written().Any(target => (target.Type is ObjectType || element.Equals(target.Type.Element)) && memory.WrittenBy(target).Contains(parameter.Id));

    /// <summary>Arrays that are written, and objects in which a callee may write some.</summary>
    private IEnumerable<Expr> Written()
        => primal.Deep().SelectMany(stmt => Analyses.Memory.Targets(stmt).Where(target => target.Type is not ObjectType || stmt is Call));

    private List<Place> PlacesOf(Variable parameter) => places.TryGetValue(parameter.Id, out List<Place>? found) ? found : places[parameter.Id] = Place.Of(parameter, primal, memory);

    /// <summary>One object or array and another.</summary>
    private IEnumerable<Stmt> OfTwo(Variable a, Place of, Variable b, Place other)
    {
        (Expr x, Expr y) = (At(a, of), At(b, other));
        (string name, string otherName) = (NameOf(a, of.Path, 0), NameOf(b, other.Path, 1));
        return (x.Type, y.Type) switch
        {
            (ObjectType, ObjectType) or (ArrayType, ArrayType) when !IsFlat(x.Type) && (x.Type is ObjectType || x.Type.Equals(y.Type)) => [Check($"NotSame({{0}}, {{1}}, {name}, {otherName})", x, y)],
            _ when IsFlat(x.Type) && IsFlat(y.Type) && x.Type.Element!.Equals(y.Type.Element) => [Check($"Apart<{x.Type.Element.Text}>({Span(x, 0)}, {Span(y, 1)}, {name}, {otherName})", x, y)],
            _ => [],
        };
    }

    /// <summary>All that is reached from two parameters of which at least one leads on.</summary>
    private IEnumerable<Stmt> OfAll((Variable Argument, Variable Checked) one, (Variable Argument, Variable Checked) other)
    {
        (Variable a, Variable b) = (one.Checked, other.Checked);
        bool isWhole = one.Checked == one.Argument && (WritesConstants || (IsFlat(a.Type) && memory.IsWritten(a.Id)) || (IsFlat(b.Type) && memory.IsWritten(b.Id)));
        return (Reachable(a, isWhole ? "Whole" : "Model") ?? Memory(a, b), Reachable(b, isWhole ? "Whole" : "Model") ?? Memory(b, a)) is ({ } x, { } y)
            ? [Check($"Apart({{0}}, {{1}}, {NameOf(a, default, 2)}, {NameOf(b, default, 3)})", x, y, a.Read(), b.Read())]
            : [];
    }

    /// <summary>Whether memory may be written that is not differentiated: indices, what is marked [NoGradient], what a callee writes in an object.</summary>
    private bool WritesConstants => Written().Any(target => target.Type is ObjectType or { Element: { HoldsFloating: false, IsFloating: false } } || memory.IsOfConstantMember(target)
        || signature.Method.Parameters.Any(parameter => parameter.Wanted == Wanted.Nothing && memory.RootsOf(target).Contains(parameter.Variable.Id)));

    /// <summary>Memory of numbers, if they can be among what is reached from another parameter.</summary>
    private static External? Memory(Variable memory, Variable other)
        => IsFlat(memory.Type) && memory.Type.Element is { } element && (other.Type.Element is ArrayType { ElementType: var inner } ? inner.Equals(element) : other.Type is ObjectType || other.Type.Element is ObjectType || element is StructType or { IsFloating: true })
            ? Reached($"Memory<{element.Text}>({Span(memory.Read(), 0)})", memory)
            : null;

    /// <summary>How the run time is told what is reached from a parameter; null for one that leads nowhere.</summary>
    private static External? Reachable(Variable parameter, string breadth = "Model") => parameter.Type switch
    {
        ObjectType => Reached(breadth + "({0})", parameter),
        ArrayType { Rank: > 1 } => Reached("Table({0})", parameter),
        { Element: ObjectType model } => Reached($"{breadth}s<{model.Name}>({Span(parameter.Read(), 0)})", parameter),
        { Element: ArrayType { Rank: 1 } rows } => Reached($"Rows<{rows.ElementType.Text}>({Span(parameter.Read(), 0)})", parameter),
        _ => null,
    };

    private static External Reached(string format, Variable from)
        => new($"global::Backprop.Reachable.{format}", EquatableArray.Of<Expr>(from.Read()), new OpaqueType("global::Backprop.IReachable"), Effect.Reads, 0);

    private static Expr At(Variable variable, Place place) => place.Path.Count == 0 ? variable.Read() : new Element(variable.Read(), place.Path);

    private static bool IsFlat(IrType type) => type is SpanType or MemoryType or ArrayType { Rank: 1 } && !type.LeadsOn;

    private static string Span(Expr memory, int position) => memory.Type switch
    {
        MemoryType => $"{{{position}}}.Span",
        ListType => $"global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan({{{position}}})",
        _ => $"{{{position}}}",
    };

    /// <summary>The name for a message; C# has no <c>nameof(this)</c>.</summary>
    public string NameOf(Variable variable, EquatableArray<Field> path, int position)
    {
        string name = signature.Method.Parameters.Any(parameter => parameter.Passing == Passing.Receiver && parameter.Variable.Id == variable.Id) ? "this" : variable.Name;
        return path.Count == 0 && name != "this" ? $"nameof({{{position}}})" : $"\"{string.Join(".", path.Select(static field => field.Name).Prepend(name)).Replace("@", "")}\"";
    }

    private static Stmt Check(string format, params Expr[] arguments) => new Evaluate(new External($"global::Backprop.Require.{format}", arguments.ToEquatable(), IrType.Bool, Effect.Writes, 0));
}
