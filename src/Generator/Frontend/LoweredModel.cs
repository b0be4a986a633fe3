using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>What lowering a type gives.</summary>
/// <param name="Model">Null where it is refused, and where the user has written the implementation.</param>
internal sealed record LoweredModel(Model? Model, EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether nothing is written because of an error, here or in a base class.</summary>
    public bool IsRefused { get; init; }
}
