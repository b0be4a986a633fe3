using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Loops and the jumps in them.</summary>
internal sealed partial class BodyLowering
{
    private readonly Dictionary<ILabelSymbol, Stmt> jumps = new(SymbolEqualityComparer.Default);

    public override Expr? VisitForLoop(IForLoopOperation operation, Use use)
    {
        if (MakesRowsOnly(operation))
        {
            return null;
        }

        foreach (IOperation before in operation.Before)
        {
            Visit(before, Use.Effect);
        }

        ILocalSymbol[] declared = [.. operation.Before.OfType<IVariableDeclarationGroupOperation>()
            .SelectMany(static g => g.Declarations).SelectMany(static d => d.Declarators).Select(static d => d.Symbol)];
        Variable? index = declared.Length == 1 && variables.TryGetValue(declared[0], out Expr? only) && only is Read { Variable: var counter } ? counter : null;
        int id = LoopSite(operation);
        Expr test = Numbers.True;
        Block condition = operation.Condition is { } expression ? Capture(() => test = Operand(expression)) : Block.Empty;
        Block step = Capture(() =>
        {
            foreach (IOperation bottom in operation.AtLoopBottom)
            {
                Visit(bottom, Use.Effect);
            }
        });
        Block body = Capture(() => LowerLoopBody(operation, id));
        Emit(new Loop(id, new While(condition, test, step, index), body, EquatableArray<Carried>.Empty));
        return null;
    }

    public override Expr? VisitWhileLoop(IWhileLoopOperation operation, Use use)
    {
        int id = LoopSite(operation);
        Expr test = Numbers.True;
        Block condition = Block.Empty;
        if (operation.ConditionIsTop)
        {
            condition = Capture(() => test = Operand(operation.Condition!));
        }

        Block body = Capture(() =>
        {
            LowerLoopBody(operation, id);
            if (!operation.ConditionIsTop && !EndsWithExit())
            {
                EmitDoTest(operation, id);
            }
        });
        Emit(new Loop(id, new While(condition, test, Block.Empty, null), body, EquatableArray<Carried>.Empty));
        return null;
    }

    private void EmitDoTest(IWhileLoopOperation operation, int loop)
    {
        if (operation.Syntax is DoStatementSyntax syntax)
        {
            Emit(NoteOf(syntax.Condition, NoteText.OfCondition(syntax)));
        }

        EmitIf(Operand(operation.Condition!), static () => { }, () => Emit(new Break(loop)));
    }

    public override Expr? VisitForEachLoop(IForEachLoopOperation operation, Use use)
    {
        IOperation collection = WithoutReferenceConversions(operation.Collection);
        ILocalSymbol? element = (operation.LoopControlVariable as IVariableDeclaratorOperation)?.Symbol;
        ITupleOperation? parts = TupleOf(operation.LoopControlVariable);
        if (collection.Type is not { } type)
        {
            // Half typed.
            report.Abandon();
            return null;
        }

        if (element is not null && RangeOf(collection) is var (first, count))
        {
            LowerRange(operation, element, first, count);
            return null;
        }

        bool isIndexed = TypeOf(type) is SpanType or ListType or ArrayType { Rank: 1 };
        if (!isIndexed || operation.IsAsynchronous || (element is null ? parts is null : !CanConvert(type, element)))
        {
            report.Add(Descriptors.ForEach, operation.Collection.Syntax.GetLocation(), CSharpText.Short(type));
            return null;
        }

        Rows? rows = RowsOf(collection);
        Expr memory = rows?.Cells ?? Stable(Operand(collection));
        Expr length = Name(rows?.Count ?? new Length(memory));
        Variable index = ids.Fresh("", IrType.Int32);
        Emit(new Declare(index, Numbers.Int(0)));
        int id = LoopSite(operation);
        Expr test = Numbers.True;
        Block condition = Capture(() => test = Name(new Binary(BinaryOp.Less, index.Read(), length, IrType.Bool)));
        Block step = Block.Of([new Assign(index, new Binary(BinaryOp.Add, index.Read(), Numbers.Int(1), IrType.Int32))]);
        Block body = Capture(() =>
        {
            Element current = new(memory, EquatableArray.Of<Expr>(index.Read()));
            if (element is not null && rows is not null)
            {
                NameRow(element, Row(rows, index.Read()));
            }
            else if (element is not null)
            {
                BindElement(element, current);
            }
            else
            {
                BindParts(operation, parts!, current);
            }

            LowerLoopBody(operation, id);
        });
        Emit(new Loop(id, new While(condition, test, step, index), body, EquatableArray<Carried>.Empty));
        return null;
    }

    /// <summary>The arguments of <c>Enumerable.Range</c>.</summary>
    private static (IOperation First, IOperation Count)? RangeOf(IOperation collection)
        => collection is IInvocationOperation { TargetMethod: { Name: "Range", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } } call
            ? (call.Arguments.First(static a => a.Parameter!.Ordinal == 0).Value, call.Arguments.First(static a => a.Parameter!.Ordinal == 1).Value)
            : null;

    private void LowerRange(IForEachLoopOperation operation, ILocalSymbol local, IOperation first, IOperation count)
    {
        // The range is made before the first element is asked for, and a negative count is refused then.
        Expr[] operands = [.. Operands(first, count).Select(Stable)];
        Expr isNegative = Name(new Binary(BinaryOp.Less, operands[1], Numbers.Int(0), IrType.Bool));
        EmitIf(isNegative, () => Emit(new Throw(new ExternalText().Text("new global::System.ArgumentOutOfRangeException(\"count\")").Build(new OpaqueType("global::System.ArgumentOutOfRangeException"), Effect.Pure, Site(operation, "Range")))), static () => { });
        Expr end = Name(new Binary(BinaryOp.Add, operands[0], operands[1], IrType.Int32));
        Variable index = ((Read)NewValue(local, local.Type)).Variable;
        Emit(new Declare(index, operands[0]));
        int id = LoopSite(operation);
        Expr test = Numbers.True;
        Block condition = Capture(() => test = Name(new Binary(BinaryOp.Less, index.Read(), end, IrType.Bool)));
        Block step = Block.Of([new Assign(index, new Binary(BinaryOp.Add, index.Read(), Numbers.Int(1), IrType.Int32))]);
        Emit(new Loop(id, new While(condition, test, step, index), Capture(() => LowerLoopBody(operation, id)), EquatableArray<Carried>.Empty));
    }

    // The conversion of each element is not in the operation tree; only one that loses nothing is certain.
    private bool CanConvert(ITypeSymbol collection, ILocalSymbol element)
    {
        ITypeSymbol from = collection is IArrayTypeSymbol array ? array.ElementType : ((INamedTypeSymbol)collection).TypeArguments[0];
        CommonConversion conversion = compilation.ClassifyCommonConversion(from, element.Type);
        return conversion.IsIdentity || (!element.IsRef && conversion is { IsImplicit: true, IsNumeric: true });
    }

    private void BindElement(ILocalSymbol local, Element element)
    {
        if (local.IsRef)
        {
            references[local] = element;
            return;
        }

        IrType type = TypeOf(local.Type);
        Expr value = element.Type == type ? element : new IR.Convert(Name(element), type);
        Declare(NewValue(local, local.Type), value);
    }

    /// <summary>The number of a loop, under which its place in the source is known.</summary>
    private int LoopSite(IOperation operation)
    {
        int id = ids.Take();
        sites.Add(new SiteInfo(id, operation.Syntax.GetFirstToken().GetLocation(), ""));
        return id;
    }

    private void BindParts(IForEachLoopOperation operation, ITupleOperation targets, Element element)
    {
        var syntax = (ForEachVariableStatementSyntax)operation.Syntax;
        IReadOnlyList<Expr> values = PartsFor(targets, element.Type is StructType ? Name(element) : element, operation.Collection, compilation.GetSemanticModel(syntax.SyntaxTree).GetDeconstructionInfo(syntax));
        foreach ((IOperation target, Expr value) in TargetsOf(targets).Zip(values, static (target, value) => (target, value)))
        {
            Place place = PlaceOf(target);
            Write(place, Element(place, value), operation);
        }
    }

    /// <summary>The body; in a scope of its own where it holds a <c>continue</c>.</summary>
    private void LowerLoopBody(ILoopOperation loop, int id)
    {
        jumps[loop.ExitLabel] = new Break(id);
        bool hasContinue = loop.Body.DescendantsAndSelf().OfType<IBranchOperation>()
            .Any(b => SymbolEqualityComparer.Default.Equals(b.Target, loop.ContinueLabel));
        if (!hasContinue)
        {
            LowerStatement(loop.Body);
            return;
        }

        int scope = ids.Take();
        jumps[loop.ContinueLabel] = new Leave(scope);
        Emit(new Scope(scope, Capture(() => LowerStatement(loop.Body))));
    }

    public override Expr? VisitBranch(IBranchOperation operation, Use use)
    {
        if (operation.BranchKind != BranchKind.GoTo && jumps.TryGetValue(operation.Target, out Stmt? jump))
        {
            Emit(jump);
            return null;
        }

        return RefuseStatement(operation, "'goto'", "jumps without structure have no reverse", "use a loop, 'break', 'continue' or 'return'");
    }
}
