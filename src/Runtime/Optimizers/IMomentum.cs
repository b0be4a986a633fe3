namespace Backprop;

/// <summary>An optimizer with a momentum that a schedule or a group may set: PyTorch's <c>momentum</c>, or β₁ in Adam's family.</summary>
public interface IMomentum
{
    /// <summary>Decay rate of the moving average of gradients, in [0, 1).</summary>
    double Momentum { get; set; }
}
