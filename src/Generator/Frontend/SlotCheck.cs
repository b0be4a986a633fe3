using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Whether every body that a call may run has a gradient, in the form in which the call asks for it.</summary>
internal static class SlotCheck
{
    /// <summary>A marked method against those through which it is called.</summary>
    public static void Check(IMethodSymbol method, Location place, Report report)
    {
        if (Slots.Of(method) is null)
        {
            return;
        }

        if (Attributes.KeepingOf(method) == Keeping.Nothing)
        {
            report.Add(Descriptors.Slot, place, method.Name, "may be one of several methods that a call runs, and is marked [Recompute], which the others need not be", "remove [Recompute], or call it from a method that has the mark");
        }

        if (method.ContainingType is { IsValueType: true } && method is { IsStatic: false, IsReadOnly: false, ContainingType.IsReadOnly: false })
        {
            report.Add(Descriptors.Slot, place, method.Name, "implements a method of an interface, whose callers do not expect it to write the struct", "declare it 'readonly'");
        }

        foreach (IMethodSymbol other in Slots.Implemented(method).Concat([Slots.FirstOf(method)]).Where(other => !Slots.Same(other, method)))
        {
            Check(method, other, place, report);
        }
    }

    private static void Check(IMethodSymbol method, IMethodSymbol other, Location place, Report report)
    {
        string called = $"is called through '{CSharpText.Short(other)}'";
        if (!method.IsStatic && Signature.WantedOf(method.ContainingType) != Signature.WantedOf(other.ContainingType))
        {
            report.Add(Descriptors.Slot, place, method.Name, $"{called}, and only one of the two types has a gradient", other.ContainingType.TypeKind == TypeKind.Interface ? "declare the method in an abstract class that is marked [Differentiable], and derive from that" : $"mark both '{method.ContainingType.Name}' and '{other.ContainingType.Name}' [Differentiable]");
        }

        foreach (IParameterSymbol parameter in method.Parameters.Where(p => Signature.WantedOf(p) != Signature.WantedOf(other.Parameters[p.Ordinal])))
        {
            report.Add(Descriptors.Slot, parameter.Locations.FirstOrDefault() ?? place, parameter.Name, $"has a gradient in only one of two methods: '{method.Name}' {called}", "mark both parameters [NoGradient], or neither");
        }
    }

    /// <summary>A method without a mark that overrides one with a mark: the gradient of the other would be taken for its own.</summary>
    public static Diagnostic? OfUnmarked(IMethodSymbol method, SyntaxNode declaration)
    {
        for (IMethodSymbol? level = method.OverriddenMethod; level is not null; level = level.OverriddenMethod)
        {
            if (Attributes.IsDifferentiable(level))
            {
                return Unmarked(method, level, Signature.NameOf(declaration).GetLocation());
            }
        }

        return null;
    }

    /// <summary>What a type has in the place of the marked methods of its interfaces.</summary>
    public static IEnumerable<Diagnostic> OfType(INamedTypeSymbol type, TypeDeclarationSyntax declaration)
    {
        foreach (IMethodSymbol member in Slots.MarkedIn(type))
        {
            if (type.FindImplementationForInterfaceMember(member) is not IMethodSymbol found)
            {
                continue;
            }

            Location place = declaration.Identifier.GetLocation();
            bool isOwn = Slots.Same(found.ContainingType, type);
            if (!Attributes.IsDifferentiable(found) && !Attributes.IsDifferentiable(found.PartialDefinitionPart ?? found))
            {
                yield return Unmarked(found, member, isOwn ? found.Locations.FirstOrDefault() ?? place : place);
            }
            else if (!isOwn && !Slots.Implemented(found).Any(implemented => Slots.Same(implemented, member)))
            {
                yield return Diagnostic.Create(Descriptors.Slot, place, type.Name, $"implements '{CSharpText.Short(member)}' by a method of '{found.ContainingType.Name}', which does not know of it", $"let '{found.ContainingType.Name}' implement '{member.ContainingType.Name}'");
            }
        }
    }

    private static Diagnostic Unmarked(IMethodSymbol method, IMethodSymbol other, Location place) => Diagnostic.Create(
        Descriptors.Slot,
        place,
        method.Name,
        $"is called through '{CSharpText.Short(other)}', which is differentiable, and has no gradient of its own",
        method.MethodKind == MethodKind.ExplicitInterfaceImplementation ? "implement it by a public method that is marked [Differentiable]" : "mark it [Differentiable] too");
}
