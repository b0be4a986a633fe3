using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Marked methods without a body, and what types have in their place. The members that are emitted for both are one more thing that a type must have.</summary>
internal sealed class Fillings(Compilation compilation)
{
    private readonly ConditionalWeakTable<INamedTypeSymbol, IReadOnlyList<IMethodSymbol>> known = new();

    /// <summary>The types of the compilation for which members were written of such a method, and none of what fills it: they lack them.</summary>
    /// <param name="written">The keys of the methods of the compilation for which members were written.</param>
    public IEnumerable<(INamedTypeSymbol Type, IReadOnlyList<IMethodSymbol> Fillers)> Lacking(ICollection<string> written)
    {
        return from type in TypesIn(compilation.Assembly.GlobalNamespace)
               where type.TypeKind is TypeKind.Class or TypeKind.Struct
               from pair in OfInterfaces(type).Concat(type.IsAbstract || type.IsValueType ? [] : OfClasses(type))
               where pair.Fillers.Count > 0 && IsWritten(pair.Slot) && !pair.Fillers.Any(IsFilling)
               select (type, pair.Fillers);

        bool IsFilling(IMethodSymbol filler) => Attributes.IsDifferentiable(filler) && Slots.Of(filler) is not null && IsWritten(filler);
        bool IsWritten(IMethodSymbol method) => !Slots.Same(method.ContainingAssembly, compilation.Assembly) || written.Contains(Callees.KeyOf(method));
    }

    /// <summary>What fills each, the nearest first; nothing where it is for the user to fill it.</summary>
    private IEnumerable<(IMethodSymbol Slot, IReadOnlyList<IMethodSymbol> Fillers)> OfInterfaces(INamedTypeSymbol type)
        => from listed in type.Interfaces.SelectMany(static i => i.AllInterfaces.Insert(0, i)).Distinct(SymbolEqualityComparer.Default).OfType<INamedTypeSymbol>()
           from slot in OpenIn(listed)
           select (slot, (IReadOnlyList<IMethodSymbol>)[.. Overridden(type.FindImplementationForInterfaceMember(slot) as IMethodSymbol)]);

    private IEnumerable<(IMethodSymbol Slot, IReadOnlyList<IMethodSymbol> Fillers)> OfClasses(INamedTypeSymbol type)
        => from level in Levels(type.BaseType)
           from slot in OpenIn(level)
           select (slot, (IReadOnlyList<IMethodSymbol>)[.. Levels(type).TakeWhile(nearer => !Slots.Same(nearer, level))
               .SelectMany(nearer => nearer.GetMembers(slot.Name).OfType<IMethodSymbol>())
               .Where(method => !method.IsAbstract && Overridden(method.OverriddenMethod).Any(overridden => Slots.Same(overridden, slot)))]);

    private IReadOnlyList<IMethodSymbol> OpenIn(INamedTypeSymbol type) => known.GetValue(type, static one
        => [.. one.IsAbstract ? one.GetMembers().OfType<IMethodSymbol>().Where(static method => method is { IsAbstract: true, MethodKind: MethodKind.Ordinary } && Attributes.IsDifferentiable(method)) : []]);

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

    /// <summary>The types, and those in them.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol around) => around.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(static inner => TypesIn(inner).Concat(inner is INamedTypeSymbol type ? [type] : []));
}
