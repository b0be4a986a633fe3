using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>A site whose derivative an analysis found to be needed and not known.</summary>
internal sealed record Refusal(int Site);

/// <summary>Gives the findings of analyses, which know places by number only, their locations.</summary>
internal static class Refusals
{
    /// <summary>The one line that binds the analyzer to the analyses of a lowered method.</summary>
    private static readonly Func<Method, IEnumerable<Refusal>> find = static method => [];

    public static IEnumerable<Diagnostic> Of(LoweredMethod lowered)
        => lowered.Method is { } method ? find(method).Select(refusal => Locate(refusal, lowered)) : [];

    public static Diagnostic Locate(Refusal refusal, LoweredMethod lowered)
    {
        SiteInfo site = lowered.Sites.First(s => s.Site == refusal.Site);
        return Diagnostic.Create(Descriptors.ActiveExternal, site.Location, site.Text);
    }
}
