using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator.Frontend;

/// <summary>The property <c>BackpropCheckFinite</c> of the user's project.</summary>
internal static class CheckedBuild
{
    private const string Property = "build_property.BackpropCheckFinite";

    /// <summary>The methods as the project wants them.</summary>
    public static IncrementalValuesProvider<Method?> Of(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Method?> methods) => methods
        .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Wanted(options.GlobalOptions)))
        .Select(static (pair, _) => pair.Left?.In(pair.Right));

    // Anything but 'false' and 'nan' asks for all there is, so that a misspelt value does not go unnoticed.
    private static Refused Wanted(AnalyzerConfigOptions options)
    {
        options.TryGetValue(Property, out string? value);
        return value?.Trim().ToLowerInvariant() switch
        {
            null or "" or "false" => Refused.Nothing,
            "nan" => Refused.NaN,
            _ => Refused.NotFinite,
        };
    }
}
