namespace Backprop;

/// <summary>Whether ε is added to the root before or after the root's bias correction.</summary>
public enum EpsilonForm
{
    /// <summary>√v̂ + ε: ε is added to the corrected root.</summary>
    AfterCorrection,

    /// <summary>(√v + ε)/√(1 − β₂ᵗ): ε is corrected along with the root, so it counts for more in early steps.</summary>
    BeforeCorrection,
}
