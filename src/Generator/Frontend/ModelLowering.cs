using System.Globalization;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>C# type → <see cref="Model"/>, or diagnostics. Never throws, except when cancelled.</summary>
internal static class ModelLowering
{
    private static readonly string[] members = ["ZerosLike", "Clone", "Clear", "AddScaled", "DescribeLeaves", "VisitLeaves", "OwnLeaves", "WalkLeaves"];

    /// <param name="declaration">The declaration that bears the attribute.</param>
    public static LoweredModel Lower(INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation)
    {
        try
        {
            return LowerChecked(type, declaration, model, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Diagnostic failure = Diagnostic.Create(Descriptors.InternalError, declaration.Identifier.GetLocation(), type.Name, $"{e.GetType().Name}, {e.Message}");
            return new LoweredModel(null, EquatableArray.Of(failure)) { IsRefused = true };
        }
    }

    /// <summary>A type of the compilation; of any other nothing is said.</summary>
    public static LoweredModel Lower(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
        => DeclarationOf(type, cancellation) is { } declaration && compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            ? Lower(type.OriginalDefinition, declaration, compilation.GetSemanticModel(declaration.SyntaxTree), cancellation)
            : new LoweredModel(null, EquatableArray<Diagnostic>.Empty);

    /// <summary>Half-typed code may mark two parts of a type.</summary>
    private static bool IsFirstMark(INamedTypeSymbol type, TypeDeclarationSyntax declaration, CancellationToken cancellation)
        => DeclarationOf(type, cancellation) is not { } first || (first.SyntaxTree == declaration.SyntaxTree && first.Span == declaration.Span);

    private static LoweredModel LowerChecked(INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation)
    {
        if (!IsFirstMark(type, declaration, cancellation) || IsWrittenByHand(type, model.Compilation, cancellation))
        {
            return new LoweredModel(null, EquatableArray<Diagnostic>.Empty);
        }

        var report = new Report();
        ModelCheck.Check(type, declaration, model.Compilation, report, cancellation);
        EquatableArray<ModelMember> content = MembersOf(type).Select(member => Lower(member, type, report)).OfType<ModelMember>().ToEquatable();
        if (report.HasFailed || (BaseModelOf(type) is { } above && Lower(above, model.Compilation, cancellation).IsRefused))
        {
            return new LoweredModel(null, report.Diagnostics.ToEquatable()) { IsRefused = true };
        }

        Container container = ContainerLowering.Lower(type, declaration, model);
        Model lowered = new(
            container,
            FileNameOf(type, container),
            ContainerLowering.NameOf(type),
            InheritanceOf(type),
            CSharpText.Of(RootOf(type)),
            content,
            TakenIn(type).ToEquatable());
        return new LoweredModel(lowered, report.Diagnostics.ToEquatable());
    }

    /// <summary>The declaration that bears the attribute.</summary>
    private static TypeDeclarationSyntax? DeclarationOf(INamedTypeSymbol type, CancellationToken cancellation)
        => type.GetAttributes().FirstOrDefault(static mark => mark.AttributeClass?.ToDisplayString() == Attributes.Differentiable)?.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();

    /// <summary>The nearest base class that is a model.</summary>
    public static INamedTypeSymbol? BaseModelOf(INamedTypeSymbol type)
    {
        INamedTypeSymbol? level = type.IsValueType ? null : type.BaseType;
        while (level is not null && !ModelContent.IsModel(level))
        {
            level = level.BaseType;
        }

        return level;
    }

    /// <summary>Fields, and automatic properties in the place of theirs, in order of declaration.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(static f => !f.IsStatic && !f.IsConst && !ContainerLowering.IsGenerated(f))
        .Select(static f => f.AssociatedSymbol ?? f);

    private static ModelMember? Lower(ISymbol member, INamedTypeSymbol type, Report report)
    {
        if (member is not (IFieldSymbol or IPropertySymbol) || Members.FieldOf(member, type) is not { } field)
        {
            return null;
        }

        ITypeSymbol held = ModelCheck.TypeOf(member)!;
        bool isTrained = !Members.HasNoGradient(member);
        Content? content = ModelContent.Of(held);
        if (member is IFieldSymbol { IsFixedSizeBuffer: true } && content is not Constant)
        {
            content = null;
        }

        if (content is null && isTrained)
        {
            ModelCheck.Refuse(member, held, report);
        }

        content ??= ModelContent.OfConstant(held);
        if (isTrained && content.HasLeaves)
        {
            ModelCheck.CheckName(member, type, report);
        }

        bool hasOwnAccess = member is IPropertySymbol property && (property.IsVirtual || property.IsOverride || !ModelCheck.IsAutomatic(property));
        return content is Constant ? null : new ModelMember(
            field with { Reach = hasOwnAccess ? Reach.Hidden : field.Reach, Wanted = isTrained && content.HasLeaves ? Wanted.Gradient : Wanted.Nothing }, content);
    }

    private static Inheritance InheritanceOf(INamedTypeSymbol type) => type.IsValueType ? Inheritance.Struct
        : BaseModelOf(type) is not null ? Inheritance.Derived
        : type.IsSealed ? Inheritance.Sealed
        : Inheritance.Root;

    private static INamedTypeSymbol RootOf(INamedTypeSymbol type) => BaseModelOf(type) is { } above ? RootOf(above) : type;

    private static IEnumerable<string> TakenIn(INamedTypeSymbol type)
    {
        HashSet<string> names = [.. type.IsRecord ? ["Clone"] : Array.Empty<string>()];
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            bool isObject = level.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType;
            names.UnionWith(isObject ? [] : level.GetMembers().Where(static m => !ContainerLowering.IsGenerated(m)).Select(static m => m.Name));
        }

        return members.Where(names.Contains);
    }

    // Another analyzer run sees what the generator wrote; what the user wrote is in the user's own declarations.
    private static bool IsWrittenByHand(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
        => type.DeclaringSyntaxReferences.Where(static r => !ContainerLowering.IsGenerated(r.SyntaxTree))
            .Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()
            .SelectMany(static d => d.BaseList?.Types ?? default)
            .Any(b => compilation.GetSemanticModel(b.SyntaxTree).GetTypeInfo(b.Type, cancellation).Type is INamedTypeSymbol { Name: "IDifferentiable", Arity: 1 } written
                && SymbolEqualityComparer.Default.Equals(written.TypeArguments[0], type));

    // File names that differ in case only are one file, and half-typed sources have methods called as a type. Methods are numbered among themselves.
    private static string FileNameOf(INamedTypeSymbol type, Container container)
    {
        IEnumerable<ISymbol> beside = ((INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace).GetMembers();
        bool isTwin(ISymbol s) => s.Name.Equals(type.Name, StringComparison.OrdinalIgnoreCase) && (s is IMethodSymbol || s.MetadataName != type.MetadataName) && Attributes.IsDifferentiable(s);
        int twins = beside.OfType<IMethodSymbol>().Count(isTwin) + beside.TakeWhile(s => !SymbolEqualityComparer.Default.Equals(s, type)).OfType<INamedTypeSymbol>().Count(isTwin);
        return container.Path + (twins == 0 ? "" : "." + (twins + 1).ToString(CultureInfo.InvariantCulture)) + ".g.cs";
    }
}
