namespace Backprop;

/// <summary>What became of a gradient that was handed to an optimizer or a transform.</summary>
public enum GradientOutcome
{
    /// <summary>The parameters were updated.</summary>
    Applied,

    /// <summary>The gradient was added to a sum that is not complete yet; the parameters were left alone.</summary>
    Accumulated,

    /// <summary>The gradient was dropped; the parameters were left alone.</summary>
    Skipped,
}
