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
}
