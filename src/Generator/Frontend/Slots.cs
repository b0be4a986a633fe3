using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Differentiable methods of which a call may run any of several bodies: those of interfaces, virtual ones, and what stands in for either.</summary>
internal static class Slots
{
    /// <summary>How the members that are emitted for a method are called through others; null where a call runs this method and no other.</summary>
    public static Slot? Of(IMethodSymbol method)
    {
        IMethodSymbol first = FirstOf(method);
        return Same(first, method)
            ? ModifierOf(method) is { Length: > 0 } modifier ? new Slot(modifier, "") { IsOfInterface = method.ContainingType.TypeKind == TypeKind.Interface } : Implemented(method).Any() ? new Slot("", "") : null
            : new Slot((method.IsSealed ? "sealed " : method.IsAbstract ? "abstract " : "") + "override", Same(first.ContainingType, method.ContainingType) ? "" : CSharpText.Annotated(first.ContainingType)) { Overridden = Same(first.ContainingAssembly, method.ContainingAssembly) ? Callees.KeyOf(first) : "" };
    }

    /// <summary>The method of the most general class that a marked method overrides and that is marked too; the method itself where there is none.</summary>
    public static IMethodSymbol FirstOf(IMethodSymbol method)
    {
        IMethodSymbol first = method;
        for (IMethodSymbol? level = method.OverriddenMethod; level is not null; level = level.OverriddenMethod)
        {
            first = Attributes.IsDifferentiable(level) ? level : first;
        }

        return first;
    }

    /// <summary>The marked methods of interfaces that a method implements.</summary>
    public static IEnumerable<IMethodSymbol> Implemented(IMethodSymbol method) => method.ContainingType.TypeKind == TypeKind.Interface ? [] : MarkedIn(method.ContainingType)
        .Where(member => member.Name == method.Name && method.ContainingType.FindImplementationForInterfaceMember(member) is IMethodSymbol found && (Same(found, method) || Same(found, method.PartialDefinitionPart)));

    /// <summary>The marked methods of the interfaces of a type.</summary>
    public static IEnumerable<IMethodSymbol> MarkedIn(INamedTypeSymbol type)
        => type.AllInterfaces.SelectMany(static i => i.GetMembers().OfType<IMethodSymbol>()).Where(static m => Attributes.IsDifferentiable(m));

    private static string ModifierOf(IMethodSymbol method) => method switch
    {
        { IsAbstract: true } => "abstract",
        { IsSealed: true } or { ContainingType.IsSealed: true } => "",
        { IsVirtual: true } or { IsOverride: true } => "virtual",
        _ => "",
    };

    public static bool Same(ISymbol? left, ISymbol? right) => SymbolEqualityComparer.Default.Equals(left, right);
}
