using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Marked methods without a body, and what types have in their place. The members that are emitted for both are one more thing that a type must have.</summary>
/// <param name="written">The keys of the methods of the compilation for which members were written.</param>
internal sealed class Fillings(Compilation compilation, ICollection<string> written)
{
    private readonly Dictionary<INamedTypeSymbol, IReadOnlyList<IMethodSymbol>> known = new(SymbolEqualityComparer.Default);

    /// <summary>The types for which members were written of such a method, and none of what fills it: they lack them.</summary>
    public IEnumerable<(INamedTypeSymbol Type, IReadOnlyList<IMethodSymbol> Fillers)> Lacking() =>
        from type in Assemblies.TypesIn(compilation.Assembly.GlobalNamespace)
        where type.TypeKind is TypeKind.Class or TypeKind.Struct
        from pair in OfInterfaces(type).Concat(type.IsAbstract || type.IsValueType ? [] : OfClasses(type))
        where pair.Fillers.Count > 0 && IsWritten(pair.Slot) && !pair.Fillers.Any(IsFilling)
        select (type, pair.Fillers);

    /// <summary>Whether a type may lack something. To look at all types after each edit would take long; most methods can be told by their names not to matter.</summary>
    /// <param name="slots">The names of such methods.</param>
    /// <param name="explicitly">The names of the methods that implement one of an interface and have no name of their own.</param>
    public bool MayLack(ICollection<string> slots, IEnumerable<string> explicitly) => explicitly.Any(slots.Contains) || slots
        .SelectMany(name => compilation.GetSymbolsWithName(name, SymbolFilter.Member))
        .OfType<IMethodSymbol>()
        .Any(method => method is { IsStatic: false, IsAbstract: false } && !IsFilling(method));

    private bool IsFilling(IMethodSymbol method) => Attributes.IsDifferentiable(method) && Slots.Of(method) is not null && IsWritten(method);

    private bool IsWritten(IMethodSymbol method) => !Slots.Same(method.ContainingAssembly, compilation.Assembly) || written.Contains(Callees.KeyOf(method));

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

    private IReadOnlyList<IMethodSymbol> OpenIn(INamedTypeSymbol type)
        => known.TryGetValue(type, out IReadOnlyList<IMethodSymbol>? slots) ? slots : known[type] = [.. type.IsAbstract ? SlotsOf(type) : []];

    private static IEnumerable<IMethodSymbol> SlotsOf(INamedTypeSymbol type)
        => type.GetMembers().OfType<IMethodSymbol>().Where(static method => method is { IsAbstract: true, MethodKind: MethodKind.Ordinary } && Attributes.IsDifferentiable(method));

    /// <summary>The names of such methods in other assemblies.</summary>
    public static IEnumerable<string> SlotsIn(IAssemblySymbol assembly)
        => Assemblies.RefersToLibrary(assembly) ? Assemblies.TypesIn(assembly.GlobalNamespace).Where(static type => type.IsAbstract).SelectMany(SlotsOf).Select(static slot => slot.Name) : [];

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
