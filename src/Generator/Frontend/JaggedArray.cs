using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Why a local array of arrays cannot be lowered, and what to write instead.</summary>
internal sealed record Objection(IOperation Place, string Reason, string Instead);

/// <summary>
/// A local array of arrays. All its rows must be made once, where it is made (by its initialiser, or by a loop over all of them that follows), and none
/// may get away: then they can lie in one storage.
/// </summary>
internal sealed class JaggedArray
{
    private readonly ILocalSymbol local;
    private readonly IOperation creation;
    private readonly WriteFacts writes;
    private readonly ILocalReferenceOperation[] mentions;
    private readonly IOperation[] region;
    private readonly List<Objection> objections = [];

    private JaggedArray(ILocalSymbol local, IOperation creation, WriteFacts writes)
    {
        this.local = local;
        this.creation = creation;
        this.writes = writes;
        mentions = [.. Root(creation).Descendants().OfType<ILocalReferenceOperation>().Where(IsIt)];
        Rows = RowsOf(creation);
        if (Rows is null)
        {
            (region, Loop) = FindLoop();
        }
        else
        {
            region = [];
        }
    }

    /// <summary>The rows of an initialiser; null where a loop makes them.</summary>
    public IReadOnlyList<IOperation>? Rows { get; }

    /// <summary>The loop that makes the rows.</summary>
    public RowLoop? Loop { get; }

    public IReadOnlyList<Objection> Objections => objections;

    public static JaggedArray Of(ILocalSymbol local, IOperation creation, WriteFacts writes)
    {
        JaggedArray array = new(local, creation, writes);
        array.Examine();
        return array;
    }

    /// <summary>What makes new storage; null where a value is something else.</summary>
    public static IOperation? CreationOf(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
        {
            value = conversion.Operand;
        }

        return value is IArrayCreationOperation { DimensionSizes.Length: 1 } or ICollectionExpressionOperation ? value : null;
    }

    /// <summary>The elements that a creation lists; null where it gives a length only.</summary>
    public static IReadOnlyList<IOperation>? RowsOf(IOperation creation) => creation switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => null,
    };

    private void Examine()
    {
        foreach (IOperation row in Rows ?? [])
        {
            if (CreationOf(row) is not { } made || RowsOf(made)?.Any(static element => element is ISpreadOperation) == true)
            {
                objections.Add(new Objection(row, "this row is not new storage of a known length", "write 'new T[length]' or its elements, and copy into it what is to stand there"));
            }
        }

        if (Rows is null && Loop is null)
        {
            objections.Add(new Objection(creation, $"no loop that follows makes all its rows, one after the other", $"write 'for (int i = 0; i < {local.Name}.Length; i++) {local.Name}[i] = new T[length];' before anything else is done with it"));
            return;
        }

        if (Loop is not null)
        {
            objections.AddRange(Loop.Objections(local, creation, region));
        }

        foreach (ILocalReferenceOperation mention in mentions)
        {
            if (Objection(mention) is { } objection && objections.All(o => o.Place != objection.Place))
            {
                objections.Add(objection);
            }
        }
    }

    private Objection? Objection(ILocalReferenceOperation mention)
    {
        if (mention.Parent is INameOfOperation || Loop?.Makes(mention) == true)
        {
            return null;
        }

        bool isInLoop = region.Length > 0 && IsWithin(mention, region[region.Length - 1]);
        bool isCaptured = IsCaptured(mention);
        if (isCaptured && region.Any(static o => o.DescendantsAndSelf().Any(WriteFacts.RunsLocalFunction)))
        {
            return new Objection(mention, "a function that runs before all rows are made uses it", "make all rows first, in a loop of their own");
        }

        return mention.Parent switch
        {
            IPropertyReferenceOperation { Property.Name: "Length" or "LongLength" } => null,
            IArrayElementReferenceOperation row when row.ArrayReference == mention && row.Indices.Only() is not (null or IRangeOperation) => OfRow(row, isInLoop),
            IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } row when row.Instance == mention => OfRow(row, isInLoop),
            IForEachLoopOperation or IConversionOperation { IsImplicit: true, Parent: IForEachLoopOperation } when !isInLoop => OfEach(mention),
            _ when writes.IsAssigned(local) && mention.Parent is IAssignmentOperation assignment && assignment.Target == mention
                => new Objection(mention, "it is assigned again", "declare another variable"),
            _ => new Objection(mention, "it is handed on as a whole here, and its rows lie in one storage", "hand on its rows as spans, or take it as a parameter"),
        };
    }

    private Objection? OfRow(IOperation row, bool isInLoop)
    {
        if (isInLoop && !Loop!.HasMade(row))
        {
            return new Objection(row, "this row may not be made yet", "make all rows first, in a loop of their own");
        }

        if (row.Parent is IAssignmentOperation assignment && assignment.Target == row)
        {
            return new Objection(row, "one of its rows is replaced here", "copy the elements into the row instead, or make it in the loop that makes all rows");
        }

        return MemoryFacts.IsLocalUse(row) || (row.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false, Type: IArrayTypeSymbol } name } } && StaysHere(name))
            ? null
            : new Objection(row, "a row of it is handed on as an array here, and its rows lie in one storage", "use the row as a span, or take it as a parameter");
    }

    private Objection? OfEach(IOperation mention)
    {
        IOperation each = mention.Parent is IForEachLoopOperation ? mention.Parent : mention.Parent!.Parent!;
        return ((IForEachLoopOperation)each).LoopControlVariable is IVariableDeclaratorOperation { Symbol: { IsRef: false, Type: IArrayTypeSymbol } row } && StaysHere(row)
            ? null
            : new Objection(mention, "its rows are handed on as arrays here, and they lie in one storage", "use a row as a span, or take it as a parameter");
    }

    // A name for a row, of which only the elements are used.
    private bool StaysHere(ILocalSymbol row) => !writes.IsAssigned(row)
        && Root(creation).Descendants().OfType<ILocalReferenceOperation>().Where(r => SymbolEqualityComparer.Default.Equals(r.Local, row)).All(static r => MemoryFacts.IsLocalUse(r) || r.Parent is INameOfOperation);

    /// <summary>The statements from the declaration to the loop that makes the rows.</summary>
    private (IOperation[] Region, RowLoop? Loop) FindLoop()
    {
        IOperation? declaration = creation;
        while (declaration is not (null or IVariableDeclarationGroupOperation))
        {
            declaration = declaration.Parent;
        }

        IEnumerable<IOperation> statements = declaration?.Parent switch
        {
            IBlockOperation block => block.Operations,
            ISwitchCaseOperation section => section.Body,
            _ => [],
        };
        List<IOperation> before = [.. statements.Where(o => o == declaration)];
        foreach (IOperation statement in statements.SkipWhile(o => o != declaration).Skip(1))
        {
            before.Add(statement);
            if (statement.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(o => IsIt(o) && !IsCaptured(o)))
            {
                return RowLoop.Of(statement, local) is { } loop ? ([.. before], loop) : ([], null);
            }
        }

        return ([], null);
    }

    private bool IsIt(ILocalReferenceOperation reference) => SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private bool IsCaptured(IOperation mention)
    {
        for (IOperation? o = mention; o is not null; o = o.Parent)
        {
            if (o is ILocalFunctionOperation or IAnonymousFunctionOperation)
            {
                return !IsWithin(creation, o);
            }
        }

        return false;
    }

    private static bool IsWithin(IOperation operation, IOperation outer)
    {
        for (IOperation? o = operation; o is not null; o = o.Parent)
        {
            if (o == outer)
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
