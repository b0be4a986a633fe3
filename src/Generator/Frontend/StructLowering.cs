using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Which structs are taken apart into their numbers, and how emitted code gets at those.</summary>
internal static class StructLowering
{
    private const int DeepestStruct = 24;

    // What the framework computes with as a whole although it is a struct.
    private static readonly string[] whole = ["Half", "Decimal", "Int128", "UInt128", "Index", "Range", "Nullable"];

    /// <summary>The parts of a struct or tuple that holds floating-point numbers; null for any other type, and where a part cannot be named.</summary>
    public static StructType? Of(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Struct, IsRefLikeType: false, SpecialType: SpecialType.None, EnumUnderlyingType: null }
            || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || Primitives.IsSystemType(type, whole)
            || IsEndless(type, 0)
            || !FloatingContent.MayHold(type))
        {
            return null;
        }

        EquatableArray<Field>? fields = type.IsTupleType ? TupleFields(type) : IsNumeric(type) && type.Name == "Complex" ? ComplexFields() : Fields(type);
        return fields is { Count: > 0 } known && known.All(static f => IsKnown(f.Type)) && known.Any(static f => f.Type.CarriesDerivative()) && CanBeReached(type, known)
            ? new StructType(CSharpText.Of(type), known, ConstructionOf(type, known))
            : null;
    }

    // A struct that holds itself is half-typed.
    private static bool IsEndless(INamedTypeSymbol type, int depth) => depth > DeepestStruct || type.GetMembers().OfType<IFieldSymbol>()
        .Any(f => f is { IsStatic: false, Type: INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } part } && IsEndless(part, depth + 1));

    // Memory inside a struct is shared when the struct is copied, which the leaves do not show.
    private static bool IsKnown(IrType type) => !type.IsMemory || type is StructType;

    // The runtime finds no field of a generic type for a method that is not generic itself.
    private static bool CanBeReached(INamedTypeSymbol type, EquatableArray<Field> fields)
    {
        bool isClosed = type.TypeArguments.Concat(type.ContainingType?.TypeArguments ?? []).Any(static argument => argument is not ITypeParameterSymbol);
        return !isClosed || type.IsTupleType || fields.All(field => field.Reach != Reach.Hidden && (field.Reach != Reach.ReadOnly || ConstructionOf(type, fields) != Construction.Assembled));
    }

    // Numbers that the leaves do not show are no constants, unless the user says so.
    private static bool MayHide(ITypeSymbol type, ISymbol member)
        => TypeLowering.Lower(type) is OpaqueType && FloatingContent.MayHold(type) && !Attributes.HasNoGradient(member);

    private static EquatableArray<Field>? TupleFields(INamedTypeSymbol type) => type.TupleElements.Any(static e => MayHide(e.Type, e)) ? null
        : type.TupleElements.Select(static e => new Field(CSharpText.Identifier(e.Name), TypeLowering.Lower(e.Type), Reach.Open, e.Name)).ToEquatable();

    // The framework does not show where the parts of a complex number are kept; its constructor takes them in this order.
    private static EquatableArray<Field> ComplexFields() => EquatableArray.Of(
        new Field("Real", IrType.Double, Reach.ReadOnly, "m_real"),
        new Field("Imaginary", IrType.Double, Reach.ReadOnly, "m_imaginary"));

    private static EquatableArray<Field>? Fields(INamedTypeSymbol type)
    {
        IFieldSymbol[] fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic)];
        bool isPlain = fields.All(static f => !f.IsFixedSizeBuffer && f.RefKind == RefKind.None && f.Name is not ("_dummy" or "_dummyPrimitive"))
            && !HasOwnLayout(type) && CapturedBy(type) is null && !fields.Any(static f => MayHide(f.Type, f.AssociatedSymbol ?? f));
        return isPlain ? fields.Select(FieldOf).ToEquatable() : null;
    }

    private static Field FieldOf(IFieldSymbol field)
    {
        ISymbol member = Members.AutomaticOf(field) ?? (ISymbol)field;
        IMethodSymbol? setter = (member as IPropertySymbol)?.SetMethod;
        bool isHidden = field.AssociatedSymbol is not null && member is not IPropertySymbol;
        bool isWritable = member is IPropertySymbol ? setter is { IsInitOnly: false } : !field.IsReadOnly;
        Reach inside = isHidden ? Reach.Hidden : !isWritable ? Reach.ReadOnly : member is IPropertySymbol ? Reach.Property : Reach.Open;
        Reach reach = !IsVisible(member) ? Reach.Hidden : setter is not null && !IsVisible(setter) ? Reach.ReadOnly : inside;
        string name = (field.AssociatedSymbol ?? member).Name;
        return new Field(CSharpText.Identifier(name), TypeLowering.Lower(field.Type), reach, field.MetadataName)
        {
            Inside = inside,
            Wanted = Attributes.HasNoGradient(field.AssociatedSymbol ?? field) ? Wanted.Nothing : Wanted.Gradient,
        };
    }

    private static bool IsVisible(ISymbol member) => member.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => member.Locations.Any(static l => l.IsInSource),
        _ => false,
    };

    private static bool HasOwnLayout(INamedTypeSymbol type) => type.GetAttributes().Any(static a => a.AttributeClass?.Name is "InlineArrayAttribute"
        || (a.AttributeClass?.Name == "StructLayoutAttribute" && a.ConstructorArguments.FirstOrDefault().Value is 2 or (short)2));

    /// <summary>The parameter of its primary constructor that members use, or seem to: it becomes a field that no symbol shows. Null where there is none.</summary>
    public static string? CapturedBy(INamedTypeSymbol type) => type.IsRecord ? null : type.InstanceConstructors.SelectMany(static c => c.DeclaringSyntaxReferences)
        .Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>().Select(declaration => CapturedBy(declaration, type)).FirstOrDefault(static name => name is not null);

    // All parts of the type see them.
    private static string? CapturedBy(TypeDeclarationSyntax declaration, INamedTypeSymbol type)
    {
        HashSet<string> parameters = [.. declaration.ParameterList?.Parameters.Select(static p => p.Identifier.ValueText) ?? []];
        return type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>().SelectMany(static part => part.Members)
            .Where(static m => m is not FieldDeclarationSyntax && !m.Modifiers.Any(SyntaxKind.StaticKeyword))
            .SelectMany(member => UsedBy(member).Where(parameters.Contains).Except(OwnOf(member))).FirstOrDefault();
    }

    private static IEnumerable<string> UsedBy(MemberDeclarationSyntax member)
        => (member is PropertyDeclarationSyntax { Initializer: not null } p ? p.AccessorList?.DescendantNodes() ?? [] : member.DescendantNodes())
            .OfType<IdentifierNameSyntax>().Where(static name => name.Parent is not NameColonSyntax && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name))
            .Select(static name => name.Identifier.ValueText);

    // In all of the member, they hide those of the constructor.
    private static IEnumerable<string> OwnOf(MemberDeclarationSyntax member) => member switch
    {
        BaseMethodDeclarationSyntax { ParameterList.Parameters: var own } => own.Select(static p => p.Identifier.ValueText),
        IndexerDeclarationSyntax { ParameterList.Parameters: var own } => own.Select(static p => p.Identifier.ValueText),
        _ => [],
    };

    private static Construction ConstructionOf(INamedTypeSymbol type, EquatableArray<Field> fields)
        => type.IsTupleType ? Construction.Tuple
        : IsNumeric(type) || IsPositional(type, fields) ? Construction.Constructor
        : fields.All(f => IsSettable(type, f)) && !type.InstanceConstructors.Any(static c => c is { Parameters.Length: 0, IsImplicitlyDeclared: false }) ? Construction.Initializer
        : Construction.Assembled;

    /// <summary>Whether it is one of the vector types of <c>System.Numerics</c>, whose constructors take the fields in order.</summary>
    public static bool IsNumeric(ITypeSymbol type) => type.ContainingNamespace is { Name: "Numerics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    // The constructor of a record struct is known to assign each parameter to its property, and nothing else.
    private static bool IsPositional(INamedTypeSymbol type, EquatableArray<Field> fields)
        => type.IsRecord && type.InstanceConstructors.Any(c => c.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is RecordDeclarationSyntax)
            && c.DeclaredAccessibility == Accessibility.Public
            && c.Parameters.Select(static p => CSharpText.Identifier(p.Name)).SequenceEqual(fields.Select(static f => f.Name))
            && c.Parameters.All(p => type.GetMembers(p.Name).OfType<IPropertySymbol>().Any(static m => m.DeclaringSyntaxReferences.All(static r => r.GetSyntax() is ParameterSyntax))));

    private static bool IsSettable(INamedTypeSymbol type, Field field) => field.Reach is Reach.Open or Reach.Property
        || (field.Reach == Reach.ReadOnly && type.GetMembers(field.Name.TrimStart('@')).OfType<IPropertySymbol>().Any(static p => p.SetMethod is { } setter && IsVisible(setter)));
}
