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

    private Expr IsType(Expr value, ITypeSymbol type, IOperation pattern)
        => Name(new ExternalText().Hole(value).Text($" is {TextOf(type)}").Build(IrType.Bool, Effect.Pure, Site(pattern, "is")));

    private Expr RefusePattern(IOperation pattern)
    {
        Refuse(pattern, Descriptors.Pattern, wordStart.Replace(pattern.Syntax.GetType().Name.Replace("Syntax", ""), " ").ToLowerInvariant());
        return Numbers.False;
    }
}
