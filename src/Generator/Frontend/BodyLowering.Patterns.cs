using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Whether a value matches a pattern, as an operand of type bool.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitIsPattern(IIsPatternOperation operation, Use use)
        => Matches(Examined(operation.Value), operation.Pattern);

    private Expr Matches(Expr value, IPatternOperation pattern)
    {
        if ((value is Pack || PartsOf(value) is not null) && pattern is not (IDiscardPatternOperation or IRecursivePatternOperation or INegatedPatternOperation or IBinaryPatternOperation))
        {
            return RefusePattern(pattern);
        }

        if (value.Type is OpaqueType && UnderlyingOf(pattern) is { } underlying)
        {
            Expr hasValue = Name(new ExternalText().Hole(value).Text(".HasValue").Build(IrType.Bool, Effect.Pure, Site(pattern, "is")));
            return Both(hasValue, () => Matches(Name(ValueOf(pattern, value, TypeOf(underlying))), pattern));
        }

        if (value.Type is OpaqueType && TypeOf(pattern.InputType) is ScalarType known)
        {
            // Behind 'and', after a pattern that a null does not match.
            value = Name(ValueOf(pattern, value, known));
        }

        switch (pattern)
        {
            case IDiscardPatternOperation:
                return Numbers.True;
            case IConstantPatternOperation constant:
                return MatchesConstant(value, constant.Value, pattern);
            case IRelationalPatternOperation relational:
                return MatchesRelation(value, relational);
            case INegatedPatternOperation negated:
                return Name(new Unary(UnaryOp.Not, Matches(value, negated.Pattern), IrType.Bool));
            case IBinaryPatternOperation binary:
                return MatchesBoth(value, binary);
            case IDeclarationPatternOperation declaration:
                return MatchesDeclaration(value, declaration);
            case IRecursivePatternOperation recursive:
                return MatchesParts(value, recursive);
            case ITypePatternOperation type when value.Type is OpaqueType:
                return IsType(value, type.MatchedType, pattern);
            default:
                return RefusePattern(pattern);
        }
    }

    /// <summary>The type of the number that a pattern looks for in a nullable; null for any other pattern.</summary>
    private static ITypeSymbol? UnderlyingOf(IPatternOperation pattern)
        => pattern.InputType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && pattern is IRelationalPatternOperation or IRecursivePatternOperation or IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: not null } }
            ? nullable.TypeArguments[0]
            : null;

    private Expr MatchesConstant(Expr value, IOperation constant, IOperation pattern)
    {
        while (constant is IConversionOperation { IsImplicit: true, Conversion.IsNumeric: false } conversion)
        {
            constant = conversion.Operand;
        }

        if (constant.ConstantValue is { HasValue: true, Value: null })
        {
            return IsNull(pattern, value);
        }

        Expr expected = Operand(constant);
        if (expected is Literal { Type.IsFloating: true, Number: double.NaN })
        {
            string type = value.Type == IrType.Single ? "float" : "double";
            return Name(new ExternalText().Text($"{type}.IsNaN(").Hole(value).Text(")").Build(IrType.Bool, Effect.Pure, Site(pattern, "NaN")));
        }

        return value.Type == expected.Type
            ? Name(new Binary(BinaryOp.Equal, value, expected, IrType.Bool))
            : RefusePattern(pattern);
    }

    private Expr MatchesRelation(Expr value, IRelationalPatternOperation pattern)
    {
        Expr bound = Operand(pattern.Value);
        return OperatorOf(pattern.OperatorKind) is { } op && value.Type is ScalarType && value.Type == bound.Type
            ? Name(new Binary(op, value, bound, IrType.Bool))
            : RefusePattern(pattern);
    }

    private Expr MatchesBoth(Expr value, IBinaryPatternOperation pattern)
    {
        Expr left = Matches(value, pattern.LeftPattern);
        bool isAnd = pattern.OperatorKind == BinaryOperatorKind.And;
        if (IsPlain(pattern.RightPattern))
        {
            return Name(new Binary(isAnd ? BinaryOp.And : BinaryOp.Or, left, Matches(value, pattern.RightPattern), IrType.Bool));
        }

        return isAnd ? Both(left, () => Matches(value, pattern.RightPattern)) : Either(left, () => Matches(value, pattern.RightPattern));
    }

    /// <summary>Whether a pattern may be tried also where it does not count.</summary>
    private static bool IsPlain(IPatternOperation pattern)
        => !pattern.DescendantsAndSelf().Any(static p => p is IDeclarationPatternOperation or ITypePatternOperation or IRecursivePatternOperation);

    private Expr MatchesDeclaration(Expr value, IDeclarationPatternOperation pattern)
    {
        if (value.Type is ObjectType && SymbolEqualityComparer.Default.Equals(pattern.MatchedType, pattern.InputType))
        {
            Bind(pattern, pattern.DeclaredSymbol, value);
            return pattern.MatchesNull ? Numbers.True : Name(new Unary(UnaryOp.Not, IsNull(pattern, value), IrType.Bool));
        }

        bool alwaysMatches = pattern.MatchesNull || (value.Type is ScalarType && pattern.MatchedType is { } same && TypeOf(same) == value.Type);
        if (value.Type.IsMemory || (!alwaysMatches && value.Type is not OpaqueType))
        {
            return RefusePattern(pattern);
        }

        Expr? variable = pattern.DeclaredSymbol is ILocalSymbol local ? Hoisted(local) : null;
        if (alwaysMatches)
        {
            Bind(variable, value);
            return Numbers.True;
        }

        Expr isMatch = IsType(value, pattern.MatchedType!, pattern);
        if (variable is not null && variable.Type != value.Type)
        {
            External cast = new ExternalText().Text($"({TextOf(pattern.MatchedType!)})").Hole(value).Build(variable.Type, Effect.Pure, Site(pattern, "cast"));
            EmitIf(isMatch, () => Set(variable, cast), static () => { });
        }
        else
        {
            Bind(variable, value);
        }

        return isMatch;
    }

    private void Bind(Expr? variable, Expr value)
    {
        if (variable is not null)
        {
            Set(variable, value);
        }
    }

    private void Bind(IOperation pattern, ISymbol? symbol, Expr value)
    {
        if (symbol is ILocalSymbol local)
        {
            Expr variable = Hoisted(local);
            Set(variable, value);
            sites.AddRange(Reads(variable).Select(read => new SiteInfo(read.Variable.Id, pattern.Syntax.GetLocation(), $"'{local.Name}'")));
        }
    }

    private Expr IsType(Expr value, ITypeSymbol type, IOperation pattern)
        => Name(new ExternalText().Hole(value).Text($" is {TextOf(type)}").Build(IrType.Bool, Effect.Pure, Site(pattern, "is")));

    private Expr RefusePattern(IOperation pattern)
    {
        Refuse(pattern, Descriptors.Pattern, wordStart.Replace(pattern.Syntax.GetType().Name.Replace("Syntax", ""), " ").ToLowerInvariant());
        return Numbers.False;
    }
}
