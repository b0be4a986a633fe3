using Backprop.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>What [Differentiable] can ask for besides the gradient with the arithmetic of the primal: reserved, and refused until it is written.</summary>
internal static class Modes
{
    private const int Gradient = 1;
    private const int Exact = 0;

    public static void Check(ISymbol marked, Report report)
    {
        foreach (AttributeData mark in marked.GetAttributes().Where(static a => a.AttributeClass?.ToDisplayString() == Attributes.Differentiable))
        {
            IEnumerable<AttributeArgumentSyntax> arguments = (mark.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments ?? [];
            foreach (AttributeArgumentSyntax argument in arguments.Where(a => IsReserved(mark, a.NameEquals?.Name.Identifier.ValueText)))
            {
                report.Add(Descriptors.Mode, argument.GetLocation(), argument.ToString());
            }
        }
    }

    private static bool IsReserved(AttributeData mark, string? name) => mark.NamedArguments.Any(given => given.Key == name && given.Value.Value switch
    {
        int asked => asked != (name == "Emit" ? Gradient : Exact),
        _ => false,
    });
}
