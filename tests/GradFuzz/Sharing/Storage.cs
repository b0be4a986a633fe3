using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Sharing;

/// <summary>An object, an array or a table that is reached from a parameter.</summary>
/// <param name="Steps">The way to it: members and indices, as C# writes them.</param>
public sealed record Storage(Parameter Parameter, string[] Steps, DataType Type, int[] Extents)
{
    public string Path => string.Concat(Steps);

    /// <summary>Whether it may be a part of an array.</summary>
    public bool IsView => Type is MemoryType { Shape: Shape.Span or Shape.ReadOnlySpan or Shape.Memory };

    /// <summary>Which one it is of a list of objects.</summary>
    public int Number { get; init; }

    /// <summary>The class of the object that is there, or the type.</summary>
    public DataType Made => Type is CompositeType model ? model.Made(Number) : Type;

    public bool IsObject => Type is CompositeType { IsClass: true };

    /// <summary>Whether there is anything in it that is differentiated.</summary>
    public bool HasGradient => Layout.Of(Made, Extents).Any(static leaf => leaf.Type.IsFloating);

    /// <summary>Whether it is numbers, or structs of them, one after the other.</summary>
    public bool IsLinear => Type is MemoryType { IsLinear: true, Element: not CompositeType { IsClass: true } };

    /// <summary>What it is, for the report.</summary>
    public string Kind => (Type, Steps.Length) switch
    {
        (CompositeType, 0) => "object",
        (CompositeType, _) => "part",
        (MemoryType { Shape: Shape.Jagged }, _) => "rows",
        (MemoryType { Element: CompositeType { IsClass: true } }, _) => "list of parts",
        (MemoryType { IsLinear: false }, 0) => "table",
        (MemoryType { IsLinear: false }, _) => "table of an object",
        (MemoryType memory, 0) => memory.Shape.ToString(),
        _ => Steps is [['[', ..]] ? "row" : "array of an object",
    };

    /// <summary>All that the parameters of a method lead to.</summary>
    public static IEnumerable<Storage> Of(Method method)
        => method.Parameters.SelectMany(parameter => new Storage(parameter, [], parameter.Variable.Type, parameter.Variable.Extents).Within());

    private IEnumerable<Storage> Within() => Type switch
    {
        MemoryType { Shape: Shape.Jagged } rows => Extents.Select((length, row) => At($"[{row}]", rows with { Shape = Shape.Array }, length)).Prepend(this),
        MemoryType { Element: CompositeType { IsClass: true } model } => Enumerable.Range(0, Extents[0]).SelectMany(i => (At($"[{i}]", model) with { Number = i }).Within()).Prepend(this),
        MemoryType => [this],
        CompositeType { IsClass: true } model => model.Made(Number).Fields.SelectMany(field => At(Layout.Step(model, model.Made(Number), field), field.Type, field.Extents).Within()).Prepend(this),
        _ => [],
    };

    private Storage At(string step, DataType type, params int[] extents) => this with { Steps = [.. Steps, step], Type = type, Extents = extents, Number = 0 };

    /// <summary>It, in what the interpreter is given.</summary>
    public Value In(Method method, Value[] arguments) => Steps.Aggregate(arguments[IndexIn(method)], Inner);

    /// <summary>Puts something else in its place.</summary>
    public void Put(Method method, Value[] arguments, Value value)
    {
        if (Steps.Length == 0)
        {
            arguments[IndexIn(method)] = value;
            return;
        }

        switch (Steps[..^1].Aggregate(arguments[IndexIn(method)], Inner), Steps[^1])
        {
            case (Composite model, var step): model.Put(NameIn(step), value); break;
            case (Cells { Rows: { } rows }, var step): rows[IndexIn(step)] = (Cells)value; break;
            case (Cells cells, var step): cells[IndexIn(step)] = value; break;
        }
    }

    private int IndexIn(Method method) => Array.IndexOf(method.Parameters, Parameter);

    private static Value Inner(Value outer, string step) => outer switch
    {
        Composite model => model.Fields[NameIn(step)],
        Cells { Rows: { } rows } => rows[IndexIn(step)],
        _ => ((Cells)outer)[IndexIn(step)],
    };

    private static string NameIn(string step) => step[(step.LastIndexOf('.') + 1)..];

    private static int IndexIn(string step) => int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture);
}
