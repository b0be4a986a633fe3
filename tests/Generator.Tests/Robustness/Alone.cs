namespace Backprop.Generator.Tests.Robustness;

/// <summary>Tests beside which no others run.</summary>
[CollectionDefinition(nameof(HalfTypedTests), DisableParallelization = true)]
public sealed class Alone;
