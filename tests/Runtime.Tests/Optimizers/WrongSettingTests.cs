namespace Backprop.Tests;

/// <summary>A hyperparameter out of range is refused under its own name, when it is set.</summary>
public sealed class WrongSettingTests
{
    public static TheoryData<string, Action> Settings => new()
    {
        { "Momentum", () => new Sgd { Momentum = 1 } },
        { "Momentum", () => new Sgd { Momentum = double.NaN } },
        { "Dampening", () => new Sgd { Dampening = 1.5 } },
        { "MomentumForm", () => new Sgd { MomentumForm = (MomentumForm)9 } },
        { "Direction", () => new Sgd { Direction = (Direction)9 } },
        { "WeightDecayForm", () => new Sgd { WeightDecayForm = (WeightDecayForm)9 } },
        { "Beta1", () => new Adam { Beta1 = 1 } },
        { "Beta1", () => new Adam { Beta1 = -0.1 } },
        { "Beta2", () => new AdamW { Beta2 = double.NaN } },
        { "Momentum", () => new AdamW { Momentum = 1 } },
        { "Epsilon", () => new Adamax { Epsilon = -1 } },
        { "EpsilonInsideRoot", () => new Adam { EpsilonInsideRoot = double.NaN } },
        { "SecondMoment", () => new Adam { SecondMoment = (SecondMoment)9 } },
        { "MomentumDecay", () => new NAdam { MomentumDecay = -1 } },
        { "Threshold", () => new RAdam { Threshold = 3 } },
        { "Alpha", () => new RmsProp { Alpha = 1 } },
        { "Momentum", () => new RmsProp { Momentum = -1 } },
        { "LearningRateDecay", () => new Adagrad { LearningRateDecay = double.NaN } },
        { "InitialAccumulator", () => new Adagrad { InitialAccumulator = -1 } },
        { "Rho", () => new Adadelta { Rho = 1 } },
        { "Epsilon", () => new Adadelta { Epsilon = 0 } },
        { "Lambda", () => new Asgd { Lambda = -1 } },
        { "AveragingStart", () => new Asgd { AveragingStart = double.NaN } },
        { "Shrink", () => new Rprop { Shrink = 1 } },
        { "Shrink", () => new Rprop { Shrink = 0 } },
        { "Grow", () => new Rprop { Grow = 1 } },
        { "LargestStep", () => new Rprop { LargestStep = 0 } },
        { "Beta2", () => new Lion { Beta2 = 1 } },
        { "Beta1", () => new Lamb { Beta1 = 1 } },
        { "TrustCoefficient", () => new Lars { TrustCoefficient = 0 } },
        { "Beta2Decay", () => new Adafactor { Beta2Decay = 0.1 } },
        { "ClippingThreshold", () => new Adafactor { ClippingThreshold = 0 } },
        { "Iterations", () => new Muon { Iterations = 0 } },
        { "LearningRate", () => new Lbfgs { LearningRate = 0 } },
        { "HistorySize", () => new Lbfgs { HistorySize = 0 } },
        { "MaxEvaluations", () => new Lbfgs { MaxEvaluations = 0 } },
        { "LearningRate", () => new ParameterGroup("*") { LearningRate = -1 } },
        { "Momentum", () => new ParameterGroup("*") { Momentum = 1 } },
        { "limit", () => new ClipByValue(0) },
        { "limit", () => new ClipByGlobalNorm(double.NaN) },
        { "Order", () => new ClipByGlobalNorm(1) { Order = 0.5 } },
        { "limit", () => new ClipByLeafNorm(-1) },
        { "factor", () => new AdaptiveClip(0) },
        { "count", () => new AccumulateSteps(0) },
        { "variance", () => new GradientNoise(-1, 0) },
        { "decay", () => new ExponentialMovingAverage(1) },
        { "start", () => new StochasticWeightAverage(0) },
        { "every", () => new Lookahead(0) },
        { "share", () => new Lookahead(5, 2) },
        { "Radius", () => new SharpnessAware(new Sgd()) { Radius = -1 } },
        { "InitialDamping", () => new LevenbergMarquardt { InitialDamping = 0 } },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void Is_refused_by_name(string parameter, Action create) =>
        Assert.StartsWith(parameter, Assert.Throws<ArgumentOutOfRangeException>(create).ParamName, StringComparison.Ordinal);

    [Fact]
    public void Leaves_of_other_element_types_are_refused() => Assert.Contains(
        "Half", Assert.Throws<ArgumentException>(() => new Sgd().Prepare([new LeafInfo("W", [2], typeof(Half))])).Message);
}
