namespace Backprop;

/// <summary>
/// Losses as differentiable methods over row-major numbers: each has its <c>…Backward</c>, which adds to gradients, and its
/// <c>…Gradient</c>, which returns them. Definitions and defaults are PyTorch's.
/// </summary>
/// <remarks>A loss without reduction is a loss of one element or row at a time: pass slices and <see cref="Reduction.Sum"/>. A
/// parameter called <c>weight</c> may be empty, which gives every weight 1.</remarks>
public static partial class Losses;
