namespace Backprop;

/// <summary>What the trainer needs of an optimizer.</summary>
/// <typeparam name="TModel">The model it moves.</typeparam>
public interface ITrainingOptimizer<in TModel> : ICheckpointed
{
    /// <summary>The learning rate of the next step; finite and not negative.</summary>
    double LearningRate { get; set; }

    /// <summary>Moves the model's leaves by one step against (or along) the gradient. Must not allocate after the first call.</summary>
    /// <param name="model">The model.</param>
    /// <param name="gradient">The gradient, of the model's shape; may be overwritten.</param>
    void Step(TModel model, TModel gradient);
}
