using System.Text.Json;

namespace Backprop.Tests;

/// <summary>Builds the optimizer that a case of optimizers.json describes in PyTorch's words.</summary>
internal static class ReferenceOptimizers
{
    public static Optimizer Create(JsonElement testCase)
    {
        JsonElement h = testCase.GetProperty("hyper");
        double rate = h.GetProperty("lr").GetDouble(), decay = h.Number("weight_decay", 0), epsilon = h.Number("eps", 0);
        double momentum = h.Number("momentum", 0);
        Direction direction = h.Flag("maximize") ? Direction.Maximize : Direction.Minimize;
        SecondMoment moment = h.Flag("amsgrad") ? SecondMoment.Maximum : SecondMoment.Latest;
        (double beta1, double beta2) = h.TryGetProperty("betas", out JsonElement betas) ? (betas[0].GetDouble(), betas[1].GetDouble()) : default;
        ParameterGroup[] groups = [.. Groups(testCase)];
        return testCase.GetProperty("optimizer").GetString() switch
        {
            "SGD" => new Sgd { LearningRate = rate, WeightDecay = decay, Direction = direction, Groups = groups, Momentum = momentum, Dampening = h.Number("dampening", 0), MomentumForm = h.Flag("nesterov") ? MomentumForm.Nesterov : MomentumForm.HeavyBall },
            "Adam" => new Adam { LearningRate = rate, WeightDecay = decay, Direction = direction, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, SecondMoment = moment },
            "AdamW" => new AdamW { LearningRate = rate, WeightDecay = decay, Direction = direction, Groups = groups, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, SecondMoment = moment },
            "SparseAdam" => new SparseAdam { LearningRate = rate, Direction = direction, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon },
            "Adamax" => new Adamax { LearningRate = rate, WeightDecay = decay, Direction = direction, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon },
            "NAdam" => new NAdam { LearningRate = rate, WeightDecay = decay, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, MomentumDecay = h.GetProperty("momentum_decay").GetDouble() },
            "RAdam" => new RAdam { LearningRate = rate, WeightDecay = decay, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon },
            "RMSprop" => new RmsProp { LearningRate = rate, WeightDecay = decay, Direction = direction, Alpha = h.GetProperty("alpha").GetDouble(), Epsilon = epsilon, Momentum = momentum, Centering = h.Flag("centered") ? RmsCentering.Centered : RmsCentering.Uncentered },
            "Adagrad" => new Adagrad { LearningRate = rate, WeightDecay = decay, Direction = direction, Epsilon = epsilon, LearningRateDecay = h.Number("lr_decay", 0), InitialAccumulator = h.Number("initial_accumulator_value", 0) },
            "Adadelta" => new Adadelta { LearningRate = rate, WeightDecay = decay, Direction = direction, Rho = h.GetProperty("rho").GetDouble(), Epsilon = epsilon },
            "ASGD" => new Asgd { LearningRate = rate, WeightDecay = decay, Direction = direction, Lambda = h.GetProperty("lambd").GetDouble(), Alpha = h.GetProperty("alpha").GetDouble(), AveragingStart = h.GetProperty("t0").GetDouble() },
            "Rprop" => new Rprop { LearningRate = rate, Direction = direction, Shrink = h.GetProperty("etas")[0].GetDouble(), Grow = h.GetProperty("etas")[1].GetDouble(), SmallestStep = h.GetProperty("step_sizes")[0].GetDouble(), LargestStep = h.GetProperty("step_sizes")[1].GetDouble() },
            "Adafactor" => new Adafactor { LearningRate = rate, WeightDecay = decay, Direction = direction, Beta2Decay = h.GetProperty("beta2_decay").GetDouble(), ClippingThreshold = h.GetProperty("d").GetDouble(), Epsilon = h.GetProperty("eps")[0].ValueKind == JsonValueKind.Null ? null : h.GetProperty("eps")[0].GetDouble(), ScaleFloor = h.GetProperty("eps")[1].GetDouble() },
            string other => throw new NotSupportedException($"No optimizer for {other}."),
            null => throw new NotSupportedException(),
        };
    }

    public static Lbfgs CreateLbfgs(JsonElement testCase)
    {
        JsonElement h = testCase.GetProperty("hyper");
        return new Lbfgs
        {
            LearningRate = h.GetProperty("lr").GetDouble(),
            MaxIterations = h.GetProperty("max_iter").GetInt32(),
            MaxEvaluations = h.GetProperty("max_eval").GetInt32(),
            GradientTolerance = h.GetProperty("tolerance_grad").GetDouble(),
            ChangeTolerance = h.GetProperty("tolerance_change").GetDouble(),
            HistorySize = h.GetProperty("history_size").GetInt32(),
            LineSearch = h.GetProperty("line_search_fn").ValueKind == JsonValueKind.Null ? LineSearch.None : LineSearch.StrongWolfe,
        };
    }

    private static IEnumerable<ParameterGroup> Groups(JsonElement testCase)
    {
        if (!testCase.TryGetProperty("param_groups", out JsonElement groups)) yield break;
        foreach (JsonElement group in groups.EnumerateArray())
            foreach (JsonElement tensor in group.GetProperty("tensors").EnumerateArray())
            {
                JsonElement overrides = group.GetProperty("overrides");
                yield return new ParameterGroup(tensor.GetString()!)
                {
                    LearningRate = Optional(overrides, "lr"),
                    WeightDecay = Optional(overrides, "weight_decay"),
                    Momentum = Optional(overrides, "momentum"),
                };
            }
    }

    private static double? Optional(JsonElement overrides, string name) =>
        overrides.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
}
