namespace Backprop;

/// <summary>The shape of the way from one value to another.</summary>
public enum Annealing
{
    /// <summary>Half a cosine wave.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}
