using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Patterns that look at the parts of a value: of a tuple, or at properties of an inactive object.</summary>
internal sealed partial class BodyLowering
{
    // Tuples that are made only to be matched: their elements are operands, the tuple itself is never made.
    private readonly Dictionary<int, Expr[]> matchedTuples = [];

    /// <summary>The value that patterns look at, as it is now.</summary>
    private Expr Examined(IOperation operation)
    {
        if (operation is not ITupleOperation tuple || TypeOf(operation) is StructType)
        {
            return Stable(Operand(operation));
        }

        Variable whole = ids.Fresh("", TypeOf(operation));
        matchedTuples[whole.Id] = [.. Operands([.. tuple.Elements]).Select(Stable)];
        return whole.Read();
    }

    private Expr[]? PartsOf(Expr value) => value is Pack { Struct: { Construction: Construction.Tuple or Construction.Constructor } type } pack ? [.. type.Fields.Select(f => PartOf(pack, f))]
        : value is Read read && matchedTuples.TryGetValue(read.Variable.Id, out Expr[]? parts) ? parts : null;

    /// <summary>Adds an examined value to a text.</summary>
    private ExternalText Shown(Expr value, ExternalText text)
    {
        if (PartsOf(value) is not { } parts)
        {
            return text.Hole(value);
        }

        Separated(text.Text("("), parts);
        return text.Text(")");
    }

    private Expr MatchesParts(Expr value, IRecursivePatternOperation pattern)
    {
        IReadOnlyList<Expr>? parts = pattern.DeconstructionSubpatterns.Length == 0 ? [] : PartsOf(value, pattern);
        bool isSameType = SymbolEqualityComparer.Default.Equals(pattern.MatchedType, UnderlyingOf(pattern) ?? pattern.InputType);
        if (!isSameType || pattern.DeconstructionSubpatterns.Length != parts?.Count)
        {
            return RefusePattern(pattern);
        }

        Expr test = pattern.InputType.IsValueType ? Numbers.True : Name(new Unary(UnaryOp.Not, IsNull(pattern, value), IrType.Bool));
        for (int i = 0; i < parts.Count; i++)
        {
            (Expr part, IPatternOperation inner) = (parts[i], pattern.DeconstructionSubpatterns[i]);
            test = test == Numbers.True ? Matches(part, inner)
                : IsPlain(inner) ? And(test, Matches(part, inner))
                : Both(test, () => Matches(part, inner));
        }

        test = pattern.PropertySubpatterns.Aggregate(test, (all, property) => all == Numbers.True ? MatchesProperty(value, property) : Both(all, () => MatchesProperty(value, property)));
        Bind(pattern, pattern.DeclaredSymbol, value);
        return test;
    }

    /// <summary>The parts that positions of a pattern look at; null where looking writes the value, of which C# may or may not make a copy.</summary>
    private IReadOnlyList<Expr>? PartsOf(Expr value, IRecursivePatternOperation pattern)
        => value is Pack && pattern.DeconstructSymbol is IMethodSymbol method ? bodies.MayWriteReceiver(method) ? null : PartsBy(method, value, pattern) : PartsOf(value);

    private Expr And(Expr left, Expr right) => right == Numbers.True ? left : Name(new Binary(BinaryOp.And, left, right, IrType.Bool));

    private Expr MatchesProperty(Expr value, IPropertySubpatternOperation pattern)
    {
        ISymbol? member = (pattern.Member as IMemberReferenceOperation)?.Member;
        if (value.Type is ObjectType && member is not null)
        {
            return Members.FieldOf(member, method.ContainingType) is { } field && !IsHidden(member, field) ? Matches(Name(new Element(value, EquatableArray.Of(field))), pattern.Pattern)
                : member is IPropertySymbol { GetMethod: { } getter } && Computes(getter) ? Matches(InPlace(pattern, getter, new VariablePlace(value), []), pattern.Pattern)
                : RefusePattern(pattern);
        }

        if (value.Type is ArrayType or SpanType && member?.Name == "Length")
        {
            return Matches(Name(new Length(value)), pattern.Pattern);
        }

        Effect? effect = member switch
        {
            IPropertySymbol property => EffectOf(property),
            IFieldSymbol => Effect.Reads,
            _ => null,
        };
        if (value is Pack { Struct: var type } pack && member is not null)
        {
            return FieldOf(type, member, Access.ReadOnly) is { } field ? Matches(PartOf(pack, field), pattern.Pattern)
                : member is IPropertySymbol { GetMethod: { } getter } && HasBody(getter) && !bodies.MayWriteReceiver(getter) ? Matches(InPlace(pattern, getter, ReceiverOf(value, getter), []), pattern.Pattern)
                : RefusePattern(pattern);
        }

        if (effect is not { } known || PartsOf(value) is not null || TypeOf(pattern.Member).IsMemory)
        {
            return RefusePattern(pattern);
        }

        External read = new ExternalText().Hole(value).Text("." + CSharpText.Identifier(member!.Name)).Build(TypeOf(pattern.Member), known, Site(pattern, member.Name));
        return Matches(Name(read), pattern.Pattern);
    }
}
