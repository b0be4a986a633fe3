using System.Numerics;

namespace Backprop.Tests;

/// <summary>Gradient descent with momentum: v ← μv + g, θ ← θ − ηv.</summary>
public sealed class Momentum(Regressor model, double learningRate, double decay = 0.9) : ITrainingOptimizer<Regressor>
{
    private readonly Regressor velocity = model.ZerosLike();

    public double LearningRate { get; set; } = learningRate;

    public void Step(Regressor model, Regressor gradient)
    {
        var decayStep = new Decay(decay);
        velocity.VisitLeaves(gradient, ref decayStep);
        model.AddScaled(velocity, -LearningRate);
    }

    public void Save(CheckpointSection section) => section.Section("velocity").AddLeaves(velocity);

    public void Load(CheckpointSection section) => section.Section("velocity").CopyLeavesTo(velocity);

    private readonly struct Decay(double decay) : ILeafPairVisitor
    {
        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = (values[i] * T.CreateChecked(decay)) + other[i];
        }
    }
}
