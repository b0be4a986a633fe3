namespace Backprop;

/// <summary>What a call of a step did with the gradient.</summary>
public enum StepOutcome
{
    /// <summary>The parameters were updated.</summary>
    Applied,

    /// <summary>The gradient was added to a sum that is not complete yet; the parameters were left alone.</summary>
    Accumulated,

    /// <summary>The gradient was dropped; the parameters were left alone.</summary>
    Skipped,
}
