using Backprop.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Gives the findings of analyses, which know places by number only, their locations.</summary>
internal static class SiteDiagnostics
{
    public static Diagnostic Locate(int number, LoweredMethod lowered)
    {
        SiteInfo site = lowered.Sites.First(s => s.Site == number);
        return Diagnostic.Create(Descriptors.ActiveExternal, site.Location, site.Text);
    }

    /// <summary>A method that cannot be run again.</summary>
    public static Diagnostic Recomputed(IMethodSymbol method, SyntaxNode declaration)
        => Diagnostic.Create(Descriptors.Recomputed, Signature.NameOf(declaration).GetLocation(), method.Name);

    /// <summary>A method that cannot stand in the place of others.</summary>
    public static Diagnostic Unexpected(IMethodSymbol method, SyntaxNode declaration)
        => Diagnostic.Create(Descriptors.Slot, Signature.NameOf(declaration).GetLocation(), method.Name, "may be one of several methods that a call runs, and writes an object or a table, of which the caller can keep no copy", "write a span or a one-dimensional array, or return what it computes");

    /// <summary>A call whose argument is written after it.</summary>
    public static Diagnostic Overwritten(int number, LoweredMethod lowered)
    {
        SiteInfo site = lowered.Sites.First(s => s.Site == number);
        return Diagnostic.Create(Descriptors.DifferentiableCall, site.Location, site.Text, "an object or a table that it is given is written after the call, and its pullback needs it as it was", "write it before the call, or pass spans, which are copied");
    }
}
