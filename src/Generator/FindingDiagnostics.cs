using Backprop.Generator.Analyses;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator;

/// <summary>Gives the findings of analyses, which know no source, their words and places.</summary>
internal static class FindingDiagnostics
{
    /// <summary>A finding at its place: a token in the body, a parameter, or the method's name.</summary>
    public static Diagnostic Locate(Finding finding, LoweredMethod lowered, IMethodSymbol symbol, SyntaxNode declaration)
    {
        int parameter = lowered.Method!.Parameters.Where(static p => p.Passing != Passing.Receiver).ToList().FindIndex(p => p.Variable.Id == finding.Place);
        SiteInfo? site = lowered.Sites.FirstOrDefault(s => s.Site == finding.Place);
        Location place = parameter >= 0 && parameter < symbol.Parameters.Length ? symbol.Parameters[parameter].Locations.FirstOrDefault() ?? Location.None
            : site?.Location ?? Signature.NameOf(declaration).GetLocation();
        IEnumerable<string> arguments = finding.Kind switch
        {
            FindingKind.StoppedCall => [$"'{site!.Text}' is marked [NoGradient]", "its result owes to its arguments", "the arguments"],
            FindingKind.StoppedWrite => [$"What is written here is a {finding.Arguments[0]} marked [NoGradient]", "the value owes to the parameters", "it"],
            _ => finding.Arguments,
        };
        return Diagnostic.Create(DescriptorOf(finding.Kind), place, [.. arguments]);
    }

    private static DiagnosticDescriptor DescriptorOf(FindingKind kind) => kind switch
    {
        FindingKind.ConstantResult => Descriptors.ConstantResult,
        FindingKind.ZeroGradient => Descriptors.ZeroGradient,
        FindingKind.MayAlias => Descriptors.MayAlias,
        FindingKind.StoppedCall or FindingKind.StoppedWrite => Descriptors.Stopped,
        FindingKind.LoopRecords => Descriptors.LoopRecords,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no descriptor"),
    };
}
