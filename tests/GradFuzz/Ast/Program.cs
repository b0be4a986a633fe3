namespace Backprop.Fuzz.Ast;

public enum Passing { Value, In, Ref, Out }

/// <param name="IsConstant">Marked [NoGradient].</param>
public sealed record Parameter(Variable Variable, Passing Passing, bool IsConstant)
{
    public bool IsActive(Leaf leaf) => !IsConstant && !leaf.IsConstant && Passing != Passing.Out && leaf.Type.IsFloating;
}

public sealed record Method(string Name, Parameter[] Parameters, DataType? Result, Block Body)
{
    /// <summary>Of memory that is returned: how long it is.</summary>
    public int[] Extents { get; init; } = [];

    /// <summary>The type that declares it; the first parameter is then the receiver.</summary>
    public CompositeType? Owner { get; init; }

    /// <summary>Of an operator of the owner: how it is written.</summary>
    public string Operator { get; init; } = "";

    public Binding Binding { get; init; }

    /// <summary>The name that C# knows: that of a method which overrides another is the other's.</summary>
    public string Word => WordOf(Name);

    /// <summary>Marked [Recompute].</summary>
    public bool IsRecomputed { get; init; }

    /// <summary>Of a local function: written as a lambda expression.</summary>
    public bool IsLambda { get; init; }

    public CallStyle Style { get; init; }

    /// <summary>Not marked [Differentiable].</summary>
    public bool IsUnmarked { get; init; }

    /// <summary>The names of operators and virtual methods begin with that of their type.</summary>
    public static string WordOf(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

/// <summary>What a call of a method runs.</summary>
public enum Binding
{
    /// <summary>That method.</summary>
    Direct,

    /// <summary>That of the receiver's class.</summary>
    Virtual,

    /// <summary>The same, and it has no body of its own.</summary>
    Abstract,
}

/// <summary>A random program: the method that is checked, what it calls, and the types that it uses.</summary>
/// <param name="Constructs">What the program was allowed to use.</param>
public sealed record FuzzProgram(int Seed, Method Main, Method[] Others, CompositeType[] Types, IReadOnlySet<string> Constructs)
{
    /// <summary>The methods are generic over their floating-point type: <c>double</c> is written as T.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>Arrays that are never written, which all methods know.</summary>
    public (Variable Variable, double[] Numbers)[] Tables { get; init; } = [];

    public string Name => "P" + Seed;

    /// <summary>The numbers that the checked method takes, in the order of the inputs.</summary>
    public IReadOnlyList<(Parameter Parameter, Leaf Leaf)> Inputs { get; } =
        [.. Main.Parameters.SelectMany(parameter => Layout.Of(parameter.Variable).Select(leaf => (parameter, leaf)))];

    /// <summary>The numbers of its result.</summary>
    public IReadOnlyList<Leaf> Results { get; } = Layout.Of(Main.Result, Main.Extents);

    public IEnumerable<Node> Deep() => Others.Append(Main).SelectMany(method => method.Body.Deep())
        .Concat(Types.SelectMany(type => type.Properties).SelectMany(property => property.Body.Deep()));
}
