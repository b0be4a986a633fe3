namespace Backprop.Generator.IR;

/// <summary>How an argument is handed over.</summary>
internal enum Passing
{
    Value,
    In,
    Ref,
    Out,

    /// <summary>It is <c>this</c>.</summary>
    Receiver,
}

/// <summary>Whether the user wants a gradient with respect to a parameter.</summary>
internal enum Wanted { Gradient, Nothing }

/// <summary>A parameter of the user's method.</summary>
/// <param name="TypeText">Its type as C#, fully qualified, with nullable annotations.</param>
/// <param name="DefaultText">Its default value as C#, or empty.</param>
internal sealed record Parameter(Variable Variable, Passing Passing, Wanted Wanted, string TypeText, string DefaultText)
{
    /// <summary><c>this</c> of an extension method, <c>params</c>, or nothing.</summary>
    public string Modifier { get; init; } = "";
}

/// <summary>Where emitted members go.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Declarations">One partial declaration a nesting level, outermost first: <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="Path">Namespace and types joined by dots, with the number of type parameters: the start of the file name.</param>
/// <param name="Names">Identifiers that emitted locals must not take: members, type parameters and enclosing types.</param>
/// <param name="Hidden">Well-known type names (<c>Math</c>, <c>Span</c> …) that mean something else here and must be qualified, and <c>_</c> where that is a member's name.</param>
internal sealed record Container(
    string Namespace,
    EquatableArray<string> Declarations,
    string Path,
    EquatableArray<string> Names,
    EquatableArray<string> Hidden)
{
    /// <summary>The types themselves, fully qualified: their private members can be named.</summary>
    public EquatableArray<string> Types { get; init; }
}

/// <summary>A type parameter of a user's method.</summary>
/// <param name="Constraints">As C# writes them after <c>where T :</c>; empty for none.</param>
/// <param name="Members">The static members that its constraints give; empty where they give all that any rule asks for.</param>
internal sealed record TypeParameter(string Name, string Constraints, EquatableArray<string> Members);

/// <summary>A user's method, lowered. Holds no symbol, location or syntax, so that equal methods need no second differentiation.</summary>
/// <param name="Overload">0 for the first differentiable method of that name, in whatever case, in its type, 1 for the second …</param>
/// <param name="Accessibility">As C#: <c>public</c>, <c>private protected</c> …</param>
/// <param name="Modifiers">What follows it: <c>static</c>, <c>readonly</c> or nothing.</param>
/// <param name="ReturnType">Null for <c>void</c>.</param>
/// <param name="Arithmetic">Whether integer arithmetic is checked by default in the user's project.</param>
/// <param name="FirstFreeId">Ids of variables, statements and sites from here on are free.</param>
internal sealed record Method(
    Container Container,
    string Name,
    int Overload,
    string Accessibility,
    string Modifiers,
    EquatableArray<Parameter> Parameters,
    IrType? ReturnType,
    string ReturnTypeText,
    Block Body,
    Overflow Arithmetic,
    int FirstFreeId)
{
    public EquatableArray<TypeParameter> TypeParameters { get; init; }

    /// <summary><c>&lt;T&gt;</c>, or nothing.</summary>
    public string TypeArguments => TypeParameters.Count == 0 ? "" : $"<{string.Join(", ", TypeParameters.Select(static p => p.Name))}>";

    /// <summary>Names the method among all of the compilation: <see cref="Callee.Key"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>What callers keep for its pullback.</summary>
    public Keeping Keeping { get; init; }

    /// <summary>Null where a call of the method always runs its own body.</summary>
    public Slot? Slot { get; init; }

    /// <summary>What emitted code refuses to compute.</summary>
    public Refused Refused { get; init; }

    /// <summary>Where its statements stand; null unless emitted code says it, so that moving a method does not change it.</summary>
    public Places? Places { get; init; }

    /// <summary>The method as a checked build wants it, or as any other does.</summary>
    public Method In(Refused refused) => refused == Refused.Nothing ? this with { Places = null } : this with { Refused = refused };
}

/// <summary>How the members that are emitted for a method take part in calls through others.</summary>
/// <param name="Modifier"><c>virtual</c>, <c>abstract</c>, <c>override</c> …; empty for the implementation of an interface.</param>
/// <param name="Owner">The class in which the slot was opened, as C#, where it is another.</param>
internal sealed record Slot(string Modifier, string Owner)
{
    public bool IsAbstract => Modifier.Contains("abstract");

    /// <summary>Whether an interface has it.</summary>
    public bool IsOfInterface { get; init; }

    public bool IsOverride => Modifier.Contains("override");

    /// <summary>The method that opened it, where it is another one of the same compilation; empty otherwise.</summary>
    public string Overridden { get; init; } = "";
}

/// <summary>Which results of floating-point operations end a checked build's run.</summary>
internal enum Refused
{
    Nothing,
    NaN,
    NotFinite,
}

/// <summary>Where the statements of a method stand.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Lines">The line of each <see cref="Note"/>, the first of which has number 1.</param>
internal sealed record Places(string File, EquatableArray<int> Lines);

/// <summary>What is kept between the forward pass and the pullback of a method.</summary>
internal enum Keeping
{
    Residuals,

    /// <summary>The pullback runs the method again.</summary>
    Nothing,
}

/// <summary>A parameter of an emitted method.</summary>
internal sealed record FormalParameter(Variable Variable, Passing Passing, string TypeText, string DefaultText)
{
    /// <summary><see cref="Parameter.Modifier"/>.</summary>
    public string Modifier { get; init; } = "";
}

/// <summary>An emitted method.</summary>
/// <param name="Modifiers"><c>public static</c> …</param>
/// <param name="Summary">Text of its documentation comment (XML, may have several lines); empty for none.</param>
/// <param name="Attributes">Without brackets.</param>
internal sealed record Function(
    string Name,
    string Modifiers,
    string ReturnTypeText,
    EquatableArray<FormalParameter> Parameters,
    string Summary,
    EquatableArray<string> Attributes,
    Block Body)
{
    /// <summary>Whether integer arithmetic is checked by default where the method is emitted: <see cref="Method.Arithmetic"/>.</summary>
    public Overflow Arithmetic { get; init; }

    public EquatableArray<TypeParameter> TypeParameters { get; init; }

    /// <summary>Whether other types write the body.</summary>
    public bool IsAbstract => Modifiers.Split(' ').Contains("abstract");

    public bool IsOverride => Modifiers.Split(' ').Contains("override");
}

/// <summary>An emitted struct: what a forward pass keeps for its pullback.</summary>
/// <param name="Modifiers"><c>public</c> …</param>
/// <param name="KeepsMemory">Whether making a value of it takes memory from a residual store, as C#; empty where its method alone knows of it.</param>
/// <param name="Conduct">What callers in other assemblies have to know of the method.</param>
internal sealed record Structure(string Name, string Modifiers, string Method, EquatableArray<Member> Members, string KeepsMemory, Conduct Conduct)
{
    public EquatableArray<TypeParameter> TypeParameters { get; init; }
}

/// <summary>A field of an emitted struct.</summary>
internal sealed record Member(string Name, IrType Type);

/// <summary>A file of emitted methods.</summary>
internal sealed record Unit(Container Container, string FileName, EquatableArray<Function> Functions)
{
    /// <summary>The method that it belongs to, and those that it calls.</summary>
    public Calling? Calling { get; init; }

    public EquatableArray<Accessor> Accessors { get; init; }

    public Structure? Structure { get; init; }
}
