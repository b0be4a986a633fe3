using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>A place in the source that a later analysis may have to report on, known to the IR by number only.</summary>
/// <param name="Site">The number, as in <see cref="External.Site"/>.</param>
/// <param name="Text">What stands there, for a message.</param>
internal sealed record SiteInfo(int Site, Location Location, string Text);

/// <summary>What lowering a method gives.</summary>
/// <param name="Method">Null where a diagnostic of severity error was reported, or where the method does not compile.</param>
internal sealed record LoweredMethod(Method? Method, EquatableArray<SiteInfo> Sites, EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>The files in which bodies of ordinary methods were looked at.</summary>
    public IReadOnlyList<SyntaxTree> Seen { get; init; } = [];

    /// <summary>The differentiable methods that it calls, itself or in a body that stands in the place of a call.</summary>
    public IReadOnlyList<IMethodSymbol> Called { get; init; } = [];
}
