namespace Backprop.Tests;

/// <summary>Every optimizer that steps by a given gradient, in its usual and its unusual forms; tests of what they all promise loop over it.</summary>
internal static class OptimizerCatalogue
{
    public static IReadOnlyDictionary<string, Func<Setup, Optimizer>> All { get; } = new Dictionary<string, Func<Setup, Optimizer>>
    {
        ["Sgd"] = s => new Sgd { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Sgd Nesterov"] = s => new Sgd { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, Momentum = 0.9, MomentumForm = MomentumForm.Nesterov },
        ["Sgd decoupled"] = s => new Sgd { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, Momentum = 0.9, Dampening = 0.1, WeightDecayForm = WeightDecayForm.Decoupled },
        ["Adam"] = s => new Adam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Adam AMSGrad"] = s => new Adam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, SecondMoment = SecondMoment.Maximum },
        ["Adam Optax AMSGrad"] = s => new Adam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, SecondMoment = SecondMoment.MaximumCorrected, EpsilonInsideRoot = 1e-6 },
        ["AdamW"] = s => new AdamW { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["AdamW independent"] = s => new AdamW { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, WeightDecayForm = WeightDecayForm.Independent, EpsilonForm = EpsilonForm.BeforeCorrection },
        ["SparseAdam"] = s => new SparseAdam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Adamax"] = s => new Adamax { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["NAdam"] = s => new NAdam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["NAdam constant"] = s => new NAdam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, MomentumForm = NAdamMomentum.Constant },
        ["RAdam"] = s => new RAdam { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["RmsProp"] = s => new RmsProp { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["RmsProp centered"] = s => new RmsProp { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, Centering = RmsCentering.Centered, Momentum = 0.5, EpsilonInsideRoot = 1e-3, InitialSquare = 1 },
        ["Adagrad"] = s => new Adagrad { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, InitialAccumulator = 0.1 },
        ["Adadelta"] = s => new Adadelta { LearningRate = 20 * s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Asgd"] = s => new Asgd { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, AveragingStart = 3 },
        ["Rprop"] = s => new Rprop { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Lion"] = s => new Lion { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Lamb"] = s => new Lamb { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Lars"] = s => new Lars { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, TrustCoefficient = 0.5 },
        ["Lars Optax"] = s => new Lars { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, TrustCoefficient = 0.5, TrustRatioForm = TrustRatioForm.NormOfSum, MomentumForm = MomentumForm.Nesterov },
        ["Adafactor"] = s => new Adafactor { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Muon"] = s => new Muon { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay },
        ["Muon heavy ball"] = s => new Muon { LearningRate = s.Rate, Direction = s.Direction, Groups = s.Groups, Transforms = s.Transforms, Averages = s.Averages, WeightDecay = s.Decay, MomentumForm = MomentumForm.HeavyBall, Scale = MuonScale.AdamRms },
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static Optimizer Create(string name) => All[name](new Setup());

    /// <summary>What a test may ask of any optimizer.</summary>
    public sealed record Setup
    {
        public double Rate { get; init; } = 0.01;

        public double Decay { get; init; }

        public Direction Direction { get; init; }

        public ParameterGroup[] Groups { get; init; } = [];

        public GradientTransform[] Transforms { get; init; } = [];

        public ParameterAverage[] Averages { get; init; } = [];
    }
}
