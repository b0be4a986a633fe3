namespace Backprop;

/// <summary>What a leaf's update needs to know of this step; the settings are those of the leaf's group.</summary>
/// <param name="Leaf">The leaf and its state.</param>
/// <param name="Number">1 in the first step.</param>
/// <param name="LearningRate">The rate η.</param>
/// <param name="WeightDecay">The decay λ.</param>
/// <param name="Momentum">The momentum; 0 for optimizers that are not <see cref="IMomentum"/>.</param>
public readonly record struct LeafStep(OptimizedLeaf Leaf, long Number, double LearningRate, double WeightDecay, double Momentum)
{
    /// <summary>1 − decayᵗ at step t: what a moving average that started at zero must be divided by to be unbiased.</summary>
    public double Correction(double decay) => 1 - Math.Pow(decay, Number);
}
