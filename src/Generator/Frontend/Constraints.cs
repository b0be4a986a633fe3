using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Whether the type arguments of a method are what its constraints ask for.</summary>
internal static class Constraints
{
    /// <summary>The first type argument that is not, and what is asked of it, as C#; null where all are.</summary>
    public static (string Argument, string Constraint)? FirstUnmet(IMethodSymbol method, Compilation compilation)
    {
        TypeArguments types = TypeArguments.Of(method);
        return method.ConstructedFrom.TypeParameters.Zip(method.TypeArguments, (parameter, argument) => Unmet(parameter, argument, types, compilation) is { } constraint
            ? (CSharpText.Short(argument), constraint)
            : ((string, string)?)null).FirstOrDefault(static found => found is not null);
    }

    private static string? Unmet(ITypeParameterSymbol parameter, ITypeSymbol argument, TypeArguments types, Compilation compilation)
        => parameter.HasUnmanagedTypeConstraint && !argument.IsUnmanagedType ? "unmanaged"
        : parameter.HasValueTypeConstraint && !argument.IsValueType ? "struct"
        : parameter.HasReferenceTypeConstraint && !argument.IsReferenceType ? "class"
        : parameter.ConstraintTypes.Select(type => types.In(type, compilation)).FirstOrDefault(type => !compilation.ClassifyCommonConversion(argument, type).IsImplicit) is { } missing ? CSharpText.Short(missing)
        : null;
}
