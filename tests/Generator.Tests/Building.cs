using Backprop.Generator.Emit;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;

namespace Backprop.Generator.Tests;

/// <summary>Builds functions in normal form, and prints them.</summary>
internal sealed class Building
{
    private readonly List<FormalParameter> parameters = [];
    private readonly Stack<List<Stmt>> open = new([[]]);
    private int ids = 1;

    public static readonly Container Nowhere = new("", default, "", default, default);

    public Container Container { get; init; } = Nowhere;

    public Overflow Arithmetic { get; init; }

    public static readonly ArrayType Doubles = new(IrType.Double, 1);
    public static readonly SpanType View = new(IrType.Double, Access.ReadOnly);
    public static readonly SpanType Writable = new(IrType.Double, Access.Writable);

    public int Id() => ids++;

    public Variable Parameter(string name, IrType type, Passing passing = Passing.Value)
    {
        var variable = new Variable(Id(), name, type);
        parameters.Add(new FormalParameter(variable, passing, Text(type), ""));
        return variable;
    }

    public Variable Double(string name) => Parameter(name, IrType.Double);

    public Variable Int(string name) => Parameter(name, IrType.Int32);

    public Variable New(string name, IrType type, int symbol = 0) => new(Id(), name, type, symbol);

    /// <summary>Another value of a user variable.</summary>
    public Variable VersionOf(Variable variable) => variable with { Id = Id(), Symbol = Uses.Key(variable) };

    public Read Declare(string name, Expr value, Sweep sweep = Sweep.Primal) => Declare(New(name, value.Type), value, sweep);

    public Read Declare(Variable variable, Expr value, Sweep sweep = Sweep.Primal)
    {
        Add(new Declare(variable, value, sweep));
        return new Read(variable);
    }

    /// <summary>A value without a name.</summary>
    public Read Temp(Expr value) => Declare("", value);

    public void Add(Stmt statement) => open.Peek().Add(statement);

    public Block Block(Action fill)
    {
        open.Push([]);
        fill();
        return Backprop.Generator.IR.Block.Of(open.Pop());
    }

    public void If(Expr test, Action then, Action @else, params Join[] joins)
        => Add(new If(Id(), test, Block(then), Block(@else), joins.ToEquatable()));

    public void For(Variable index, Expr from, Expr bound, Action body, params Carried[] carried)
        => Add(new Loop(Id(), new Counted(index, from, BinaryOp.Less, bound, 1), Block(body), carried.ToEquatable()));

    public void Return(Expr value) => Add(new Return(value));

    public Function Function(string returnType = "double")
    {
        EquatableArray<FormalParameter> list = parameters.ToEquatable();
        return new("F", "static", returnType, list, "", default, Backprop.Generator.IR.Block.Of(open.Peek())) { Arithmetic = Arithmetic };
    }

    /// <summary>The statements of the printed method, without the braces around them and their indentation.</summary>
    public string Print(string returnType = "double")
    {
        Function function = Function(returnType);
        Verifier.CheckNormalForm(function);
        return Body(Printer.Print(Printable.Of(new Unit(Container, "F.g.cs", EquatableArray.Of(function)))));
    }

    public static string Body(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        int start = Array.FindIndex(lines, l => l.TrimStart() == "{" || l.TrimStart().StartsWith("static "));
        start = Array.FindIndex(lines, start, l => l.Trim() == "{");
        return string.Join("\n", lines[(start + 1)..^1].Select(l => l.StartsWith("    ") ? l[4..] : l));
    }

    private static string Text(IrType type) => type switch
    {
        ScalarType { Kind: Scalar.Double } => "double",
        ScalarType { Kind: Scalar.Single } => "float",
        ScalarType { Kind: Scalar.Int32 } => "int",
        ScalarType { Kind: Scalar.Int64 } => "long",
        ScalarType { Kind: Scalar.Bool } => "bool",
        ScalarType t => t.Kind.ToString(),
        ArrayType t => Text(t.ElementType) + "[" + new string(',', t.Rank - 1) + "]",
        SpanType t => $"global::System.{(t.Access == Access.ReadOnly ? "ReadOnlySpan" : "Span")}<{Text(t.ElementType)}>",
        OpaqueType t => t.Name,
        _ => throw new InvalidOperationException(),
    };
}
