namespace Backprop;

/// <summary>How exactly emitted methods keep the arithmetic of the primal: see <see cref="DifferentiableAttribute.Math"/>.</summary>
public enum FloatingPoint
{
    /// <summary>The value is the primal's, bit for bit.</summary>
    Exact,

    /// <summary>Sums may be taken in another order, and products fused with sums. Reserved: not supported yet.</summary>
    Fast,
}
