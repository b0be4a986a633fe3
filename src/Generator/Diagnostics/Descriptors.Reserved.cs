using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Diagnostics;

/// <content>What is reserved for derivatives besides the gradient.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor Mode = new(
        "BPG019",
        "Kind of derivative is not supported yet",
        "'{0}' is reserved and not supported yet; remove it: what is written is the gradient, with the arithmetic of the method bit for bit",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG019"));

    public static readonly DiagnosticDescriptor EmittedCall = new(
        "BPG121",
        "Emitted method is called in a differentiable one",
        "'{0}' is written by the generator, which cannot see it while it writes, so no derivative of it can be written; call it where nothing is differentiated and pass what it gives, or write the formula here",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG121"));
}
