namespace Backprop;

/// <summary>How the losses of single elements or rows become one number.</summary>
public enum Reduction
{
    /// <summary>Their mean; where rows have weights, the mean that a loss documents.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
