using Backprop.Generator.Analyses;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator;

/// <summary>Gives the refusals of analyses, which know no source, their words and places.</summary>
internal static class RefusalDiagnostics
{
    public static Diagnostic Locate(Refusal refusal, LoweredMethod lowered, IMethodSymbol method, SyntaxNode declaration, SemanticModel model)
    {
        SiteInfo? site = lowered.Sites.FirstOrDefault(s => s.Site == refusal.Site);
        Location place = site?.Location ?? Signature.NameOf(declaration).GetLocation();
        return refusal.Kind switch
        {
            RefusalKind.Recomputed => Diagnostic.Create(Descriptors.Recomputed, place, method.Name),
            RefusalKind.Unexpected when site is not null => Diagnostic.Create(Descriptors.DifferentiableCall, place, site.Text, $"it writes an object or a table that '{method.Name}' was given, which may be one of several methods that a call runs, so that the caller can keep no copy", "let it take a span or a one-dimensional array, or return what it computes"),
            RefusalKind.Twice => Diagnostic.Create(Descriptors.DifferentiableCall, place, site!.Text, "it is given the same memory twice and writes it, so that the cotangents could not be told apart", "pass a copy (ToArray) as one of the two"),
            RefusalKind.Uncopied => Diagnostic.Create(Descriptors.DifferentiableCall, place, site!.Text, "it is given memory that may be written after the call, and of which no copy can be kept", "write it before the call, or pass the arrays in it one by one"),
            RefusalKind.Rerun => Diagnostic.Create(Descriptors.DifferentiableCall, place, site!.Text, "it is marked [Recompute], and may read then what is written after the call", "remove [Recompute], or write it before the call"),
            RefusalKind.Constant => Diagnostic.Create(Descriptors.DifferentiableCall, place, site!.Text, "it may write a parameter marked [NoGradient] of which the derivative matters here", "remove [NoGradient] there, or wrap in Gradient.Stop what is read of it"),
            RefusalKind.Alias => Diagnostic.Create(Descriptors.DifferentiableCall, place, site!.Text, "it may return an array that it is given, and one array with two names has two places for its cotangent", "let it return a new array, such as a copy (ToArray), or nothing, and use the array that you passed"),
            RefusalKind.Returned => Diagnostic.Create(Descriptors.Slot, place, method.Name, "may be one of several methods that a call runs, and returns an array that it was given, which its callers take for a new one", "let it return a new array, such as a copy (ToArray), or nothing"),
            RefusalKind.Unexpected => Diagnostic.Create(Descriptors.Slot, place, method.Name, "may be one of several methods that a call runs, and writes an object or a table, of which the caller can keep no copy", "write a span or a one-dimensional array, or return what it computes"),
            RefusalKind.Reassigned => Diagnostic.Create(Descriptors.MemoryReassigned, place, site?.Text ?? method.Name, "make the memory before the loop or the branch, and let the variables change places, or write none of it once the variable stands for it"),
            RefusalKind.Disguised => Diagnostic.Create(Descriptors.DifferentiableCall, place, site!.Text, "it is given text or an object made of a number that depends on a parameter", "pass the number itself, or wrap it in Gradient.Stop if it is meant as a constant"),
            RefusalKind.Kept => Diagnostic.Create(Descriptors.KeptValue, place, site!.Text, lowered.Sites.First(s => s.Site == refusal.Cause).Text),
            _ => Diagnostic.Create(Descriptors.ActiveExternal, place, PullbackCheck.PropertiesOf(CalledAt(place, model), model.Compilation), site!.Text),
        };
    }

    private static IMethodSymbol? CalledAt(Location place, SemanticModel model)
        => place.SourceTree == model.SyntaxTree ? model.GetSymbolInfo(model.SyntaxTree.GetRoot().FindNode(place.SourceSpan, getInnermostNodeForTie: true)).Symbol as IMethodSymbol : null;
}
