namespace Backprop;

/// <summary>What happens to samples at the end of an epoch that do not fill a batch.</summary>
public enum LastBatch
{
    /// <summary>They form a smaller batch.</summary>
    Keep,

    /// <summary>They are left out of this epoch.</summary>
    Drop,
}
