using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Diagnostics;

/// <content>Where the generator itself is at its end.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InternalError = new(
        "BPG901",
        "Internal error",
        "The generator failed on '{0}' and wrote no gradient for it: {1}; please report this with the method's source",
        Internal,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG901"));

    public static readonly DiagnosticDescriptor TooDeep = new(
        "BPG902",
        "Method is nested too deeply",
        "'{0}' nests its expressions or statements too deeply to be differentiated; name intermediate results in local variables",
        Internal,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG902"));
}
