using static Backprop.Losses;

namespace Backprop.Tests;

/// <summary>PyTorch's losses by name, each as a backward pass over the tensors of a case.</summary>
internal static class ReferenceLosses
{
    public static IReadOnlyDictionary<string, Func<LossCase, double>> All { get; } = new Dictionary<string, Func<LossCase, double>>
    {
        ["mse"] = c => SquaredErrorBackward(c["input"], c["target"], c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed),
        ["l1"] = c => AbsoluteErrorBackward(c["input"], c["target"], c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed),
        ["smooth_l1"] = c => SmoothAbsoluteErrorBackward(
            c["input"], c["target"], c.Number("beta"), c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed),
        ["huber"] = c => HuberBackward(
            c["input"], c["target"], c.Number("delta"), c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed),
        ["bce"] = c => BinaryCrossEntropyBackward(c["input"], c["target"], c["weight"], c.Reduction, c.Gradient("input"), c.Seed),
        ["bce_with_logits"] = c => LogitBinaryCrossEntropyBackward(
            c["input"], c["target"], c["weight"], c["pos_weight"], c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed),
        ["soft_margin"] = c => SoftMarginBackward(c["input"], c["target"], c.Reduction, c.Gradient("input"), c.Seed),
        ["multilabel_soft_margin"] = c => MultiLabelSoftMarginBackward(
            c["input"], c["target"], c.Shape("input")[1], c["weight"], c.Reduction, c.Gradient("input"), c.Seed),
        ["cross_entropy"] = CrossEntropyOf,
        ["nll"] = c => NegativeLogLikelihoodBackward(
            c["input"], c.Integers("target"), c.Shape("input")[1], c["weight"], (int)c.Number("ignore_index", -100), c.Reduction, c.Gradient("input"), c.Seed),
        ["kl_div"] = c => KullbackLeiblerBackward(
            c["input"], c["target"], c.Flag("log_target") ? ProbabilityForm.Logarithm : ProbabilityForm.Probability, c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed),
        ["hinge_embedding"] = c => HingeEmbeddingBackward(c["input"], c["target"], c.Number("margin"), c.Reduction, c.Gradient("input"), c.Seed),
        ["cosine_embedding"] = c => CosineEmbeddingBackward(
            c["input1"], c["input2"], c["target"], c.Number("margin"), c.Reduction, c.Gradient("input1"), c.Gradient("input2"), c.Seed),
        ["triplet_margin"] = c => TripletMarginBackward(
            c["anchor"], c["positive"], c["negative"], c.Shape("anchor")[1], c.Number("margin"), c.Number("p"), c.Number("eps"),
            c.Flag("swap") ? TripletForm.Swap : TripletForm.Plain, c.Reduction,
            c.Gradient("anchor"), c.Gradient("positive"), c.Gradient("negative"), c.Seed),
        ["margin_ranking"] = c => MarginRankingBackward(
            c["input1"], c["input2"], c["target"], c.Number("margin"), c.Reduction, c.Gradient("input1"), c.Gradient("input2"), c.Seed),
        ["multi_margin"] = c => MultiMarginBackward(
            c["input"], c.Integers("target"), c.Shape("input")[1], c.Number("margin"), (int)c.Number("p"), c.Reduction, c.Gradient("input"), c.Seed),
        ["poisson_nll"] = c => PoissonLikelihoodBackward(
            c["input"], c["target"], c.Flag("log_input") ? RateForm.Logarithm : RateForm.Rate, Terms(c), c.Number("eps"), c.Reduction, c.Gradient("input"), c.Seed),
        ["gaussian_nll"] = c => NormalLikelihoodBackward(
            c["input"], c["target"], c["var"], c.Number("eps"), Terms(c), c.Reduction,
            c.Gradient("input"), c.Gradient("target"), c.Gradient("var"), c.Seed),
        ["ctc"] = c => ConnectionistTemporalBackward(
            c["logits"], c.Integers("targets"), c.Integers("input_lengths"), c.Integers("target_lengths"),
            c.Shape("targets") is [_, int stride] ? stride : 0, c.Shape("logits")[2], (int)c.Number("blank"),
            c.Flag("zero_infinity") ? ImpossibleSequence.Zero : ImpossibleSequence.Infinity, c.Reduction, c.Gradient("logits"), c.Seed),
    };

    private static LikelihoodTerms Terms(LossCase c) => c.Flag("full") ? LikelihoodTerms.All : LikelihoodTerms.Essential;

    private static double CrossEntropyOf(LossCase c)
    {
        int classes = c.Shape("input")[1];
        double smoothing = c.Number("label_smoothing");
        if (c["target"].Length == c["input"].Length)
            return CrossEntropyOfProbabilitiesBackward(
                c["input"], c["target"], classes, c["weight"], smoothing, c.Reduction, c.Gradient("input"), c.Gradient("target"), c.Seed);
        int positions = c["input"].Length / c.Shape("input")[0] / classes;
        return CrossEntropyBackward(
            c["input"], c.Integers("target"), classes, Math.Max(1, positions), c["weight"], smoothing, (int)c.Number("ignore_index", -100), c.Reduction, c.Gradient("input"), c.Seed);
    }
}
