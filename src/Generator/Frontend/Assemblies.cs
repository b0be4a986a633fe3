using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>What is in an assembly, without asking more of it than is needed.</summary>
internal static class Assemblies
{
    /// <summary>Whether something in it may bear a mark of the runtime library.</summary>
    public static bool RefersToLibrary(IAssemblySymbol assembly) => assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static one => one.Name == Attributes.Library));

    /// <summary>The types, and those in them. (Their other members would have to be found out for that.)</summary>
    public static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol around)
        => around.GetTypeMembers().SelectMany(static type => TypesIn(type).Prepend(type)).Concat(around is INamespaceSymbol space ? space.GetNamespaceMembers().SelectMany(TypesIn) : []);
}
