using Backprop.Generator.Analyses;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator;

/// <summary>Gives what analyses find and refuse, who know places by number only, its words and places.</summary>
internal static class FindingDiagnostics
{
    public static Diagnostic Locate(Refusal refusal, LoweredMethod lowered, IMethodSymbol symbol, SyntaxNode declaration)
    {
        SiteInfo? site = lowered.Sites.FirstOrDefault(s => s.Site == refusal.Site);
        Location place = site?.Location ?? Signature.NameOf(declaration).GetLocation();
        string text = site?.Text ?? symbol.Name;
        return refusal.Kind switch
        {
            RefusalKind.Recomputed => Diagnostic.Create(Descriptors.Recomputed, place, text),
            RefusalKind.Unexpected => Diagnostic.Create(Descriptors.Slot, place, text, "may be one of several methods that a call runs, and writes an object or a table, of which the caller can keep no copy", "write a span or a one-dimensional array, or return what it computes"),
            RefusalKind.Overwritten => Diagnostic.Create(Descriptors.DifferentiableCall, place, text, "an object or a table that it is given is written after the call, and its pullback needs it as it was", "write it before the call, or pass spans, which are copied"),
            RefusalKind.Reassigned => Diagnostic.Create(Descriptors.MemoryReassigned, place, text, "make the memory before the loop or the branch, and let the variables change places"),
            _ => Diagnostic.Create(Descriptors.ActiveExternal, place, text),
        };
    }

    /// <summary>A finding at its place: a token in the body, a parameter, or the method's name.</summary>
    public static Diagnostic Locate(Finding finding, LoweredMethod lowered, IMethodSymbol symbol, SyntaxNode declaration)
    {
        int parameter = lowered.Method!.Parameters.Where(static p => p.Passing != Passing.Receiver).ToList().FindIndex(p => p.Variable.Id == finding.Place);
        SiteInfo? site = lowered.Sites.FirstOrDefault(s => s.Site == finding.Place);
        Location place = parameter >= 0 && parameter < symbol.Parameters.Length ? symbol.Parameters[parameter].Locations.FirstOrDefault() ?? Location.None
            : site?.Location ?? Signature.NameOf(declaration).GetLocation();
        IEnumerable<string> arguments = finding.Kind == FindingKind.StoppedCall ? [site!.Text] : finding.Arguments;
        return Diagnostic.Create(DescriptorOf(finding.Kind), place, [.. arguments]);
    }

    private static DiagnosticDescriptor DescriptorOf(FindingKind kind) => kind switch
    {
        FindingKind.ConstantResult => Descriptors.ConstantResult,
        FindingKind.ZeroGradient => Descriptors.ZeroGradient,
        FindingKind.MayAlias => Descriptors.MayAlias,
        FindingKind.StoppedCall => Descriptors.StoppedCall,
        FindingKind.LoopRecords => Descriptors.LoopRecords,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no descriptor"),
    };
}
