using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Fields and automatic properties of [Differentiable] classes, as the IR names them.</summary>
internal static class Members
{
    /// <param name="member">A field or property of an object.</param>
    /// <param name="user">The type in which it is used, and into which code is emitted.</param>
    /// <returns>Null for a property that computes.</returns>
    public static Field? FieldOf(ISymbol member, INamedTypeSymbol user)
    {
        IFieldSymbol? storage = StorageOf(member);
        bool mayCompute = member is IPropertySymbol { IsVirtual: true } or IPropertySymbol { IsOverride: true, IsSealed: false } && !member.ContainingType.IsSealed;
        if (storage is null or { IsStatic: true } || mayCompute || (member is IPropertySymbol && AutomaticOf(storage) is null))
        {
            return null;
        }

        bool isInside = IsInside(user, member.ContainingType);
        bool isWritable = member is IPropertySymbol property ? property.SetMethod is { IsInitOnly: false } setter && (isInside || IsVisible(setter)) : !storage.IsReadOnly;
        Reach reach = !isInside && !IsVisible(member) ? Reach.Hidden : !isWritable ? Reach.ReadOnly : member is IPropertySymbol ? Reach.Property : Reach.Open;
        IrType type = TypeLowering.Lower(storage.Type);
        bool isWanted = type.CarriesDerivative() && !HasNoGradient(member);
        return new Field(CSharpText.Identifier(member.Name), type, reach, storage.MetadataName) { Wanted = isWanted ? Wanted.Gradient : Wanted.Nothing };
    }

    /// <summary>The property that only reads and writes a field; null where one of its accessors has a body.</summary>
    public static IPropertySymbol? AutomaticOf(IFieldSymbol storage)
    {
        return PropertyOf(storage) is { } property && IsAutomatic(property.GetMethod) && IsAutomatic(property.SetMethod) ? property : null;
    }

    /// <summary>The field itself, or the one that the compiler made for a property.</summary>
    public static IFieldSymbol? StorageOf(ISymbol member) => member as IFieldSymbol
        ?? member.ContainingType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(PropertyOf(f), member));

    // In metadata, storage and property only go by the same name.
    private static IPropertySymbol? PropertyOf(IFieldSymbol storage) => (storage.AssociatedSymbol
        ?? (storage.Name.StartsWith("<", StringComparison.Ordinal) ? storage.ContainingType.GetMembers(storage.Name.Substring(1).Split('>')[0]).FirstOrDefault() : null)) as IPropertySymbol;

    /// <summary>Whether an accessor only reads or writes its property's field, or is not there.</summary>
    public static bool IsAutomatic(IMethodSymbol? accessor) => accessor is null || IsBodiless(Bodies.Implementing(accessor.OriginalDefinition));

    private static bool IsBodiless(IMethodSymbol accessor)
        => accessor.DeclaringSyntaxReferences.Length > 0 || accessor.Locations.Any(static l => l.IsInSource)
            ? accessor.DeclaringSyntaxReferences.All(static r => r.GetSyntax() is not AccessorDeclarationSyntax { Body: not null } and not AccessorDeclarationSyntax { ExpressionBody: not null } and not ArrowExpressionClauseSyntax)
            : accessor.GetAttributes().Any(static a => a.AttributeClass?.Name == "CompilerGeneratedAttribute");

    /// <summary>Whether the user wants no gradient with respect to a field or property. The property of a record's parameter may bear the mark there.</summary>
    public static bool HasNoGradient(ISymbol member) => Attributes.HasNoGradient(member)
        || (member is IPropertySymbol property && (StorageOf(property) is { } storage && Attributes.HasNoGradient(storage)
            || property.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is ParameterSyntax)
                && property.ContainingType.InstanceConstructors.SelectMany(static c => c.Parameters)
                    .Any(p => Attributes.HasNoGradient(p) && p.DeclaringSyntaxReferences.Any(r => r.GetSyntax() == property.DeclaringSyntaxReferences[0].GetSyntax()))));

    private static bool IsInside(INamedTypeSymbol user, INamedTypeSymbol owner)
    {
        for (INamedTypeSymbol? level = user; level is not null; level = level.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, owner.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVisible(ISymbol member) => member.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => member.Locations.Any(static l => l.IsInSource),
        _ => false,
    };
}
