namespace Backprop;

/// <summary>Whether <c>Fit</c> trains in earnest or tries something out.</summary>
public enum FitMode
{
    /// <summary>All data.</summary>
    Full,

    /// <summary>The first batch, unshuffled, again and again, without validation: a sound model drives its loss to nearly zero.</summary>
    OverfitOneBatch,

    /// <summary>One batch of training and one of validation through every callback: a mistake shows in seconds.</summary>
    FastDevRun,
}
