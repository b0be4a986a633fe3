using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Whether a type can be a model as it is declared.</summary>
internal static class ModelCheck
{
    private static readonly string[] overridable = ["OwnLeaves", "WalkLeaves"];

    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax declaration, Compilation compilation, Report report, CancellationToken cancellation)
    {
        Location place = declaration.Identifier.GetLocation();
        Modes.Check(type, report);
        CheckKind(type, place, report);
        Signature.CheckContainer(type, type.Name, place, report);
        CheckBase(type, place, report);
        CheckCaptures(type, compilation, report, cancellation);
        if (type is { IsValueType: false, IsSealed: false } && overridable.FirstOrDefault(name => type.GetMembers(name).Any(static m => !ContainerLowering.IsGenerated(m))) is { } taken)
        {
            report.Add(Descriptors.NameTaken, place, type.Name, taken, type.Name);
        }
    }

    /// <summary>An unmarked class that derives from a model: its own numbers would be missed by every walk.</summary>
    public static Diagnostic? OfUnmarked(INamedTypeSymbol type, TypeDeclarationSyntax declaration)
        => type is { TypeKind: TypeKind.Class } && !ModelContent.IsModel(type) && ModelLowering.BaseModelOf(type) is { } model
            && ModelLowering.MembersOf(type).Any(static m => !Members.HasNoGradient(m) && TypeOf(m) is { } held && ModelContent.Of(held) is not Constant)
            ? Diagnostic.Create(Descriptors.ModelBase, declaration.Identifier.GetLocation(), type.Name, $"derives from the differentiable '{model.Name}' and holds numbers of its own, which would not be trained", "mark it [Differentiable] too")
            : null;

    /// <summary>Type of what a field or property holds; null for an event.</summary>
    public static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol buffer } => buffer.PointedAtType,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>A property without code of the user's.</summary>
    public static bool IsAutomatic(IPropertySymbol property) => property.DeclaringSyntaxReferences.All(static r => r.GetSyntax() switch
    {
        PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } list } => list.Accessors.All(static a => a.Body is null && a.ExpressionBody is null),
        ParameterSyntax => true,
        _ => false,
    });

    /// <summary>Two leaves of one path could not be told apart.</summary>
    public static void CheckName(ISymbol member, INamedTypeSymbol type, Report report)
    {
        for (INamedTypeSymbol? level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (ModelContent.IsModel(level) && ModelLowering.MembersOf(level).Any(m => m.Name == member.Name))
            {
                report.Add(Descriptors.ModelMember, PlaceOf(member), member.Name, CSharpText.Short(TypeOf(member)!), $"and '{level.Name}' has a leaf of the same name", "give it another name, or use that of the base class");
            }
        }
    }

    public static void Refuse(ISymbol member, ITypeSymbol type, Report report)
    {
        (string reason, string instead) = type switch
        {
            { SpecialType: SpecialType.System_Decimal } or INamedTypeSymbol { Name: "Half" } => ("which is no leaf", "use float or double, or mark it [NoGradient]"),
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => ("which may have no numbers", "use the type without '?', or mark it [NoGradient]"),
            IArrayTypeSymbol { Rank: > 1 } => ("whose elements cannot be leaves at this rank", "use an array of one dimension or an array of arrays, or mark it [NoGradient]"),
            _ when member is IFieldSymbol { IsFixedSizeBuffer: true } => ("in a buffer of fixed size", "use an array, or mark it [NoGradient]"),
            _ when ModelContent.IsOpen(type) || type.SpecialType == SpecialType.System_Object => ("behind which there may be numbers that no walk would find", "use a class marked [Differentiable], or mark the member [NoGradient] if it is a constant"),
            { TypeKind: TypeKind.Struct or TypeKind.Class } when type.Locations.Any(static l => l.IsInSource) => ("whose numbers have no gradient", $"mark '{type.Name}' [Differentiable], or mark the member [NoGradient] if it is a constant"),
            _ => ("which may hold numbers that cannot be leaves", "use float, double, T[], List<T>, Dictionary<string, T> or a [Differentiable] type, or mark the member [NoGradient] if it is a constant"),
        };
        report.Add(Descriptors.ModelMember, PlaceOf(member), member.Name, CSharpText.Short(type), reason, instead);
    }

    private static Location PlaceOf(ISymbol member) => member.Locations.FirstOrDefault() ?? Location.None;

    private static void CheckKind(INamedTypeSymbol type, Location place, Report report)
    {
        (string Kind, string Instead)? problem = type switch
        {
            { IsStatic: true } => ("a static class, of which there are no objects", "mark its methods"),
            { IsRefLikeType: true } => ("a ref struct, which no interface can hand around", "remove 'ref'"),
            { IsValueType: true, IsReadOnly: true } => ("a readonly struct, whose numbers cannot be changed", "remove 'readonly', or the mark: a struct of numbers is part of a model without it"),
            _ => null,
        };
        if (problem is { } found)
        {
            report.Add(Descriptors.ModelKind, place, type.Name, found.Kind, found.Instead);
        }
    }

    private static void CheckBase(INamedTypeSymbol type, Location place, Report report)
    {
        for (INamedTypeSymbol? level = type.BaseType; level is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; level = level.BaseType)
        {
            if (!Attributes.IsDifferentiable(level.OriginalDefinition) && (ModelContent.IsModel(level) || FloatingContent.MayHold(level)) && ModelLowering.BaseModelOf(type) is null)
            {
                report.Add(Descriptors.ModelBase, place, type.Name, $"derives from '{level.Name}', which may hold numbers that would not be trained", $"mark '{level.Name}' [Differentiable] too");
                return;
            }
        }
    }

    /// <summary>A parameter of a primary constructor that members use is a field without a name.</summary>
    private static void CheckCaptures(INamedTypeSymbol type, Compilation compilation, Report report, CancellationToken cancellation)
    {
        TypeDeclarationSyntax[] declarations = [.. type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()];
        IMethodSymbol? constructor = type.IsRecord ? null : type.InstanceConstructors.FirstOrDefault(static c => c.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax));
        foreach (IParameterSymbol parameter in constructor?.Parameters ?? [])
        {
            if (ModelContent.Of(parameter.Type) is not Constant && declarations.Any(d => Captures(d, parameter, compilation.GetSemanticModel(d.SyntaxTree), cancellation)))
            {
                report.Add(Descriptors.CapturedNumbers, PlaceOf(parameter), parameter.Name, CSharpText.Short(parameter.Type));
            }
        }
    }

    private static bool Captures(TypeDeclarationSyntax declaration, IParameterSymbol parameter, SemanticModel model, CancellationToken cancellation) => declaration.Members
        .Where(static m => m is not (FieldDeclarationSyntax or BaseTypeDeclarationSyntax))
        .SelectMany(static m => m is PropertyDeclarationSyntax property ? (IEnumerable<SyntaxNode?>)[property.AccessorList, property.ExpressionBody] : [m])
        .SelectMany(static n => n?.DescendantNodes() ?? [])
        .OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == parameter.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, parameter));
}
