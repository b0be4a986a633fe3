using System.Runtime.CompilerServices;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>What an expression is lowered for.</summary>
internal enum Use { Value, Effect }

/// <summary>
/// Lowers the body of one method to IR in source form. Only the operation tree decides what something means; an operation that no visitor
/// method knows is refused at its place. A visited expression gives an IR expression over operands; what has been computed before it stands in
/// <see cref="statements"/>. One file a topic.
/// </summary>
internal sealed partial class BodyLowering : OperationVisitor<Use, Expr>
{
    private readonly IMethodSymbol method;
    private readonly Compilation compilation;
    private readonly Func<string, int, PrimitiveKind> primitives;
    private readonly OwnRules rules;
    private readonly QuietCode quiet;
    private readonly Bodies bodies;
    private readonly CancellationToken cancellation;
    private readonly Report report;
    private WriteFacts writes;
    private MemoryFacts memory;
    private readonly Ids ids = new(firstFree: 1);
    private readonly List<SiteInfo> sites = [];
    private readonly List<int> lines = [];
    private readonly HashSet<IMethodSymbol> called = new(SymbolEqualityComparer.Default);

    // What a name stands for: a read of one variable, or of one for each leaf of a struct.
    private readonly Dictionary<ISymbol, Expr> variables = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<int, ISymbol> symbols = [];
    private readonly bool namesConstants;
    private List<Stmt> statements = [];

    // Where a variable that an expression declares is put: before the statement with the expression, so that it is in scope after it.
    private (List<Stmt> Statements, int Index) hoist;

    public BodyLowering(IMethodSymbol method, IOperation? body, Compilation compilation, Report report, Func<string, int, PrimitiveKind> primitives, OwnRules rules, CancellationToken cancellation)
    {
        this.rules = rules;
        this.method = method;
        this.compilation = compilation;
        quiet = new(compilation, cancellation);
        this.report = report;
        this.primitives = primitives;
        this.cancellation = cancellation;
        bodies = new(compilation, cancellation);
        writes = WriteFacts.Of(bodies, body);
        memory = MemoryFacts.Of(body);
        namesConstants = (body?.Descendants() ?? []).Any(static operation => operation is IMemberReferenceOperation { Member: var member } && Members.HasNoGradient(member)
            || operation is IParameterReferenceOperation { Parameter: var parameter } && Attributes.HasNoGradient(parameter));
        hoist = (statements, 0);
    }

    /// <summary>The other files of which bodies were looked at.</summary>
    public IEnumerable<SyntaxTree> Seen => quiet.Seen;

    /// <summary>The differentiable methods that are called.</summary>
    public IEnumerable<IMethodSymbol> Called => called;

    public EquatableArray<SiteInfo> Sites => sites.ToEquatable();

    public int FirstFreeId => ids.Next;

    /// <summary>The line of each note.</summary>
    public EquatableArray<int> Lines => lines.ToEquatable();

    /// <summary>The names of the user's parameters and locals.</summary>
    public IEnumerable<string> Declared => symbols.Values.Select(static symbol => symbol.Name);

    public Variable DeclareParameter(IParameterSymbol parameter)
    {
        if (TypeOf(parameter.Type) is StructType type)
        {
            return DeclareParts(parameter, type);
        }

        return ((Read)NewValue(parameter, parameter.Type)).Variable;
    }

    public Block LowerBody(IOperation body) => Capture(() =>
    {
        statements.AddRange(entry);
        hoist = (statements, statements.Count);
        int start = statements.Count;
        LowerMethodBody(body);
        statements.InsertRange(start, loaded);
    });

    public override Expr? Visit(IOperation? operation, Use use)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        cancellation.ThrowIfCancellationRequested();

        // What the operation tree has no node for would pass the visitor in silence.
        return operation is { Kind: OperationKind.None } ? VisitNone(operation)
            : operation is { Type.TypeKind: TypeKind.Dynamic } ? RefuseDynamic(operation)
            : base.Visit(operation, use);
    }

    public override Expr? DefaultVisit(IOperation operation, Use use) => RefuseUnknown(operation);

    private Expr VisitNone(IOperation operation) => IsStackAllocation(operation) && TypeOf(operation) is SpanType span
        ? LowerStackAllocation(operation, span)
        : RefuseUnknown(operation);

    public override Expr? VisitInvalid(IInvalidOperation operation, Use use)
    {
        // The compiler reports what is wrong here.
        report.Abandon();
        return null;
    }

    public override Expr? VisitMethodBodyOperation(IMethodBodyOperation operation, Use use)
        => Visit((IOperation?)operation.BlockBody ?? operation.ExpressionBody, Use.Effect);

    /// <summary>An expression over operands, or an operand.</summary>
    private Expr Lower(IOperation operation, Use use = Use.Value)
        => ConstantOf(operation) ?? Fitting(Visit(operation, use), operation) ?? new Default(TypeOf(operation));

    /// <summary>An operand.</summary>
    private Expr Operand(IOperation operation) => Name(Lower(operation));

    /// <summary>
    /// Operands in C#'s order of evaluation. A variable that a later sibling changes is copied first, since C# has read it by then.
    /// </summary>
    private Expr[] Operands(params IOperation[] siblings)
    {
        var operands = new Expr[siblings.Length];
        for (int i = 0; i < siblings.Length; i++)
        {
            operands[i] = Protect(Operand(siblings[i]), siblings.Skip(i + 1));
        }

        return operands;
    }

    private Expr Protect(Expr operand, IEnumerable<IOperation> later) => operand switch
    {
        Pack pack => pack with { Leaves = pack.Leaves.Map(leaf => Protect(leaf, later)) },
        Read read when symbols.TryGetValue(read.Variable.Id, out ISymbol? symbol) && (later.Any(o => writes.MayWrite(o, symbol)) || (shared.Contains(read.Variable.Id) && later.Any(writes.WritesVariable))) => Copied(operand),
        _ => operand,
    };

    /// <summary>An operand that keeps its value whatever is assigned later.</summary>
    private Expr Stable(Expr operand) => operand switch
    {
        Pack pack => pack with { Leaves = pack.Leaves.Map(Stable) },
        Read read when symbols.TryGetValue(read.Variable.Id, out ISymbol? symbol) && (frame is { IsInPlace: true } || shared.Contains(read.Variable.Id) || writes.IsAssigned(symbol)) => Copied(operand),
        _ => operand,
    };

    /// <summary>A value as it is now, under names of its own.</summary>
    private Expr Aside(Expr operand) => operand is Pack pack ? pack with { Leaves = pack.Leaves.Map(Aside) } : Copied(operand);

    private Expr Name(Expr value) => value switch
    {
        { Type: StructType } => Leaves(value) is var leaves ? leaves with { Leaves = leaves.Leaves.Map(Name) } : value,
        { IsOperand: true } => value,
        IR.Element { Type.IsMemory: true, Path: { Count: > 0 } path } => Copied(value, NameOf("", path[path.Count - 1])),
        _ => Copied(value),
    };

    private Read Copied(Expr value, string name = "")
    {
        Variable variable = ids.Fresh(name, value.Type);
        MarkOutside(variable, value);
        Emit(new Declare(variable, value));
        return variable.Read();
    }

    private void Emit(Stmt statement) => statements.Add(statement);

    private Block Capture(Action lower)
    {
        List<Stmt> outer = statements;
        statements = [];
        lower();
        Block block = Block.Of(statements);
        statements = outer;
        return block;
    }

    private Expr NewValue(ISymbol symbol, ITypeSymbol type)
    {
        Expr value = NewValue(symbol.Name, TypeOf(type));
        variables[symbol] = value;
        foreach (Read read in Reads(value))
        {
            symbols[read.Variable.Id] = symbol;
        }

        return value;
    }

    /// <summary>A variable declared inside an expression (by a pattern or a deconstruction).</summary>
    private Expr Hoisted(ILocalSymbol local)
    {
        if (!variables.TryGetValue(local, out Expr? value))
        {
            value = NewValue(local, local.Type);
            foreach (Read read in Reads(value))
            {
                hoist.Statements.Insert(hoist.Index++, new Declare(read.Variable, null));
            }
        }

        return value;
    }

    private IrType TypeOf(IOperation operation) => operation.Type is { } type ? TypeOf(type) : new OpaqueType("void");

    private IrType TypeOf(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            report.Abandon();
        }

        return TypeLowering.Lower(Actual(type));
    }

    /// <summary>A type as C# writes it where the emitted code stands.</summary>
    private string TextOf(ITypeSymbol type) => CSharpText.Of(Actual(type));

    private Note NoteOf(SyntaxNode syntax, string text)
    {
        lines.Add(syntax.SyntaxTree.GetMappedLineSpan(syntax.Span).StartLinePosition.Line + 1);
        return new Note(text, lines.Count);
    }

    private int Site(IOperation operation, string text)
    {
        int site = ids.Take();
        sites.Add(new SiteInfo(site, operation.Syntax.GetLocation(), text));
        return site;
    }

    /// <summary>Where memory is written: whether it is that of a member or parameter marked [NoGradient] is not known yet.</summary>
    private int SiteOfWrite(IOperation operation) => namesConstants ? Site(operation, "") : 0;
}
