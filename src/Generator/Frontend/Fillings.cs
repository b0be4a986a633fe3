using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Marked methods without a body, and what a type has in their place. The members that are emitted for both are one more thing that a type must have.</summary>
internal static class Fillings
{
    /// <summary>For the first step of a pipeline; null where there are none.</summary>
    public static TypeWithSlots? Of(TypeDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(declaration, cancellation) is not { TypeKind: TypeKind.Class or TypeKind.Struct } type)
        {
            return null;
        }

        EquatableArray<FilledSlot> slots = Of(type).Select(pair => new FilledSlot(NameOf(pair.Slot), pair.Fillers.Where(static filler => Attributes.IsDifferentiable(filler) && Slots.Of(filler) is not null).Select(NameOf).ToEquatable())).ToEquatable();
        return slots.Count == 0 ? null : new TypeWithSlots(TypePlace.Of(declaration), slots);

        string NameOf(IMethodSymbol method) => Slots.Same(method.ContainingAssembly, model.Compilation.Assembly) ? Callees.KeyOf(method) : "";
    }

    /// <summary>Each such method that the type has to fill, and what fills it, the nearest first; none that nothing of the user's fills.</summary>
    public static IEnumerable<(IMethodSymbol Slot, IReadOnlyList<IMethodSymbol> Fillers)> Of(INamedTypeSymbol type)
        => OfInterfaces(type).Concat(type.IsAbstract || type.TypeKind != TypeKind.Class ? [] : OfClasses(type)).Where(static pair => pair.Item2.Count > 0);

    private static IEnumerable<(IMethodSymbol, IReadOnlyList<IMethodSymbol>)> OfInterfaces(INamedTypeSymbol type)
        => from listed in type.Interfaces.SelectMany(static i => i.AllInterfaces.Insert(0, i)).Distinct(SymbolEqualityComparer.Default).OfType<INamedTypeSymbol>()
           from slot in OpenIn(listed)
           select (slot, (IReadOnlyList<IMethodSymbol>)[.. Overridden(type.FindImplementationForInterfaceMember(slot) as IMethodSymbol)]);

    private static IEnumerable<(IMethodSymbol, IReadOnlyList<IMethodSymbol>)> OfClasses(INamedTypeSymbol type)
        => from level in Levels(type.BaseType)
           from slot in OpenIn(level)
           select (slot, (IReadOnlyList<IMethodSymbol>)[.. Levels(type).TakeWhile(nearer => !Slots.Same(nearer, level))
               .SelectMany(nearer => nearer.GetMembers(slot.Name).OfType<IMethodSymbol>())
               .Where(method => !method.IsAbstract && Overridden(method.OverriddenMethod).Any(overridden => Slots.Same(overridden, slot)))]);

    private static IEnumerable<IMethodSymbol> OpenIn(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Where(static method => method is { IsAbstract: true, MethodKind: MethodKind.Ordinary } && Attributes.IsDifferentiable(method));

    /// <summary>The method and those that it overrides.</summary>
    private static IEnumerable<IMethodSymbol> Overridden(IMethodSymbol? method)
    {
        for (; method is not null; method = method.OverriddenMethod)
        {
            yield return method;
        }
    }

    private static IEnumerable<INamedTypeSymbol> Levels(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }
}

/// <summary>A type that has to fill slots.</summary>
internal sealed record TypeWithSlots(TypePlace Place, EquatableArray<FilledSlot> Slots)
{
    /// <summary>Whether members were emitted for a slot and for none of what fills it: the compiler says so, and, of all analyzers, nothing.</summary>
    public bool IsUnfilled(EquatableArray<string> written) => Slots.Any(slot => IsWritten(slot.Slot, written) && !slot.Fillers.Any(filler => IsWritten(filler, written)));

    private static bool IsWritten(string name, EquatableArray<string> written) => name.Length == 0 || written.Contains(name);
}

/// <summary>A marked method without a body, and the marked ones that fill it, by their keys; empty for those of other assemblies.</summary>
internal sealed record FilledSlot(string Slot, EquatableArray<string> Fillers);
