using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>What lowering a type gives.</summary>
/// <param name="Model">Null where a diagnostic of severity error was reported, and where the user has written the implementation.</param>
internal sealed record LoweredModel(Model? Model, EquatableArray<Diagnostic> Diagnostics);
