namespace Backprop.Tests;

public sealed class LossArgumentTests
{
    public static TheoryData<string, Action> Mismatches => new()
    {
        { "target", () => Losses.SquaredError([1.0, 2], [1.0], Reduction.Mean) },
        { "target", () => Losses.SquaredErrorBackward([1.0, 2], [1.0], Reduction.Mean, new double[2], new double[1]) },
        { "target", () => Losses.LogitBinaryCrossEntropy([1f, 2], [1f], [], [], Reduction.Mean) },
        { "labels", () => Losses.CrossEntropy([1.0, 2, 3], [0, 1], 3, 1, [], 0, -100, Reduction.Mean) },
        { "labels", () => Losses.MultiMargin([1.0, 2, 3], [0, 1], 3, 1, 1, Reduction.Mean) },
        { "variance", () => Losses.NormalLikelihood([1.0, 2, 3], [1.0, 2, 3], [1.0, 1], 0, LikelihoodTerms.All, Reduction.Mean) },
        { "target", () => Losses.CosineEmbedding([1.0, 2, 3], [1.0, 2, 3], [1.0, 1], 0, Reduction.Mean) },
        { "length", () => Losses.TripletMargin([1.0, 2], [1.0, 2], [1.0], 2, 1, 2, 0, TripletForm.Plain, Reduction.Mean) },
        { "lengths", () => Losses.ConnectionistTemporal(new double[7], [1], [2], [1], 0, 3, 0, ImpossibleSequence.Zero, Reduction.Mean) },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void Lengths_that_do_not_go_together_are_refused(string parameter, Action use) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentException>(use).ParamName);

    [Fact]
    public void An_accumulator_of_another_length_is_refused() => Assert.Throws<ArgumentException>(
        () => Losses.SquaredErrorBackward([1.0, 2], [1.0, 3], Reduction.Mean, new double[1], new double[2]));

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_label_that_is_no_class_is_refused(int label)
    {
        double[] scores = new double[6];
        Action[] uses =
        [
            () => Losses.CrossEntropy(scores, [label, 0], 3, 1, [], 0, -100, Reduction.Mean),
            () => Losses.CrossEntropy(new float[6], [label, 0], 3, 1, [], 0, -100, Reduction.Mean),
            () => Losses.CrossEntropyBackward(scores, [label, 0], 3, 1, [], 0, -100, Reduction.Mean, new double[6]),
            () => Losses.NegativeLogLikelihood(scores, [label, 0], 3, [], -100, Reduction.Mean),
            () => Losses.MultiMargin(scores, [label, 0], 3, 1, 1, Reduction.Mean),
            () => Losses.ConnectionistTemporal(scores, [label], [2], [1], 0, 3, 0, ImpossibleSequence.Zero, Reduction.Mean),
        ];
        Assert.All(uses, static use => Assert.Equal("labels", Assert.Throws<ArgumentOutOfRangeException>(use).ParamName));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_sequence_of_no_times_spells_nothing(int labelCount, double expected) => Assert.Equal(
        expected, Losses.ConnectionistTemporal([1.0, 2, 3], [1], [0], [labelCount], 0, 3, 0, ImpossibleSequence.Infinity, Reduction.Sum));

    [Fact]
    public void An_impossible_sequence_is_infinite_and_has_no_gradient()
    {
        double[] gradient = new double[6];
        double loss = Losses.ConnectionistTemporalBackward(
            [1.0, 2, 3, 1, 2, 3], [1, 2, 1], [2], [3], 0, 3, 0, ImpossibleSequence.Infinity, Reduction.Sum, gradient);
        Assert.Equal(double.PositiveInfinity, loss);
        Assert.All(gradient, static value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_backward_pass_allocates_only_what_the_loss_does()
    {
        double[] logits = Numbers.Normal<double>(60, 3), gradient = new double[60];
        int[] labels = [1, 3, 0, 4, 2, 2, 1, 0, 3, 4, 1, 1];
        for (int i = 0; i < 50; i++) Losses.CrossEntropyBackward(logits, labels, 5, 1, [], 0.1, -100, Reduction.Mean, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Losses.CrossEntropyBackward(logits, labels, 5, 1, [], 0.1, -100, Reduction.Mean, gradient);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
