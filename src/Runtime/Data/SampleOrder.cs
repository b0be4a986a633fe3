namespace Backprop;

/// <summary>The order in which samples are visited.</summary>
public enum SampleOrder
{
    /// <summary>Another permutation every epoch, which depends only on the seed and the epoch.</summary>
    Shuffled,

    /// <summary>As the data has them.</summary>
    Sequential,
}
