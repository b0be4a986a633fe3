namespace Backprop.Tests;

public class MetricTests
{
    /// <summary>Every metric, fed with seeded samples, beside its value by the definition written out naively.</summary>
    private static readonly Case[] Cases =
    [
        new(() => new MeanLoss(), (m, s) => ((MeanLoss)m).Add(s.Target, s.Weight),
            all => all.Sum(s => s.Weight * s.Target) / all.Sum(s => s.Weight)),
        new(() => new Accuracy(), (m, s) => ((Accuracy)m).Add(s.Scores, s.Label, s.Weight),
            all => Share(all, s => Rank(s) == 0)),
        new(() => new TopKAccuracy(2), (m, s) => ((TopKAccuracy)m).Add(s.Scores, s.Label, s.Weight),
            all => Share(all, s => Rank(s) < 2)),
        new(() => new MeanSquaredError(), (m, s) => ((MeanSquaredError)m).Add(s.Prediction, s.Target, s.Weight),
            all => all.Sum(s => s.Weight * Math.Pow(s.Prediction - s.Target, 2)) / all.Sum(s => s.Weight)),
        new(() => new MeanAbsoluteError(), (m, s) => ((MeanAbsoluteError)m).Add(s.Prediction, s.Target, s.Weight),
            all => all.Sum(s => s.Weight * Math.Abs(s.Prediction - s.Target)) / all.Sum(s => s.Weight)),
        new(() => new RSquared(), (m, s) => ((RSquared)m).Add(s.Prediction, s.Target, s.Weight), NaiveRSquared),
        new(() => new AreaUnderCurve(), (m, s) => ((AreaUnderCurve)m).Add(Math.Round(s.Prediction, 1), s.Label % 2, s.Weight), NaiveAuc),
        new(() => new F1Score(positive: 2), (m, s) => ((F1Score)m).Add(Predicted(s), s.Label, s.Weight), all => NaiveF1(all, 2)),
        new(() => new ConfusionMatrix(3), (m, s) => ((ConfusionMatrix)m).Add(s.Scores, s.Label, s.Weight),
            all => (NaiveF1(all, 0) + NaiveF1(all, 1) + NaiveF1(all, 2)) / 3),
    ];

    public static TheoryData<int> Indices => new(Enumerable.Range(0, Cases.Length));

    [Fact]
    public void Every_metric_is_in_the_list()
    {
        IEnumerable<Type> all = typeof(IMetric).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IMetric)));
        Assert.Equal(all.OrderBy(t => t.Name), Cases.Select(c => c.Create().GetType()).OrderBy(t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void The_value_is_that_of_the_definition(int index)
    {
        Observation[] samples = Create(200, seed: 4);
        IMetric metric = Fed(Cases[index], samples);
        Assert.Equal(Cases[index].Naive(samples), metric.Value, 12);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Nothing_added_is_NaN_and_reset_forgets(int index)
    {
        IMetric metric = Fed(Cases[index], Create(20, seed: 5));
        Assert.False(double.IsNaN(metric.Value));
        metric.Reset();
        Assert.True(double.IsNaN(metric.Value));
        foreach (Observation sample in Create(30, seed: 6))
            Cases[index].Add(metric, sample);
        Assert.Equal(Fed(Cases[index], Create(30, seed: 6)).Value, metric.Value);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_whole_weight_is_a_repetition(int index)
    {
        Observation[] once = Create(40, seed: 7);
        Observation[] weighted = once.Select((s, i) => s with { Weight = i % 3 }).ToArray();
        Observation[] repeated = once.SelectMany((s, i) => Enumerable.Repeat(s with { Weight = 1 }, i % 3)).ToArray();
        Assert.Equal(Fed(Cases[index], repeated).Value, Fed(Cases[index], weighted).Value, 12);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_weight_that_is_not_one_is_refused(int index)
    {
        foreach (double weight in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => Cases[index].Add(Cases[index].Create(), Create(1, 1)[0] with { Weight = weight }));
            Assert.Equal("weight", error.ParamName);
        }
    }

    [Fact]
    public void A_label_without_score_is_refused()
    {
        Assert.Equal("label", Assert.Throws<ArgumentOutOfRangeException>(() => new Accuracy().Add([1, 2], 2)).ParamName);
        Assert.Equal("label", Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(1).Add([1, 2], -1)).ParamName);
        Assert.Equal("predicted", Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(2).Add(5, 1)).ParamName);
        Assert.Equal("label", Assert.Throws<ArgumentOutOfRangeException>(() => new AreaUnderCurve().Add(0.5, 2)).ParamName);
        Assert.Equal("score", Assert.Throws<ArgumentOutOfRangeException>(() => new AreaUnderCurve().Add(double.NaN, 1)).ParamName);
    }

    [Fact]
    public void Ties_and_NaN_have_a_rule()
    {
        var accuracy = new Accuracy();
        accuracy.Add([1, 1], 0);
        accuracy.Add([float.NaN, 1], 1);
        Assert.Equal(1, accuracy.Value);
        var top = new TopKAccuracy(1);
        top.Add([1, 1], 1);
        Assert.Equal(0, top.Value);
    }

    [Fact]
    public void R_squared_does_not_cancel_far_from_zero()
    {
        var metric = new RSquared();
        for (int i = 0; i < 1000; i++)
            metric.Add(1e9 + (i % 10) + 0.1, 1e9 + (i % 10));
        Assert.Equal(1 - (0.01 / 8.25), metric.Value, 6);
    }

    [Fact]
    public void The_matrix_tells_rows_from_columns()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(predicted: 1, label: 0);
        matrix.Add(predicted: 1, label: 1, weight: 3);
        Assert.Equal(1, matrix[0, 1]);
        Assert.Equal(0.75, matrix.Precision(1));
        Assert.Equal(0, matrix.Recall(0));
    }

    private static IMetric Fed(Case @case, Observation[] samples)
    {
        IMetric metric = @case.Create();
        foreach (Observation sample in samples)
            @case.Add(metric, sample);
        return metric;
    }

    private static Observation[] Create(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(i => new Observation(
            [random.NextSingle(), random.NextSingle(), random.NextSingle()],
            i % 3,
            random.NextDouble(),
            random.NextDouble() + i % 2,
            random.Next(1, 5) / 2.0)).ToArray();
    }

    private static int Predicted(Observation s) => Array.IndexOf(s.Scores, s.Scores.Max());

    private static int Rank(Observation s) => s.Scores.Count(score => score > s.Scores[s.Label]);

    private static double Share(Observation[] all, Func<Observation, bool> isHit) =>
        all.Where(isHit).Sum(s => s.Weight) / all.Sum(s => s.Weight);

    private static double NaiveRSquared(Observation[] all)
    {
        double mean = all.Sum(s => s.Weight * s.Target) / all.Sum(s => s.Weight);
        return 1 - (all.Sum(s => s.Weight * Math.Pow(s.Target - s.Prediction, 2)) / all.Sum(s => s.Weight * Math.Pow(s.Target - mean, 2)));
    }

    private static double NaiveAuc(Observation[] all)
    {
        double won = 0, pairs = 0;
        foreach (Observation positive in all.Where(s => s.Label % 2 == 1))
        {
            foreach (Observation negative in all.Where(s => s.Label % 2 == 0))
            {
                double difference = Math.Round(positive.Prediction, 1) - Math.Round(negative.Prediction, 1);
                won += positive.Weight * negative.Weight * (difference > 0 ? 1 : difference == 0 ? 0.5 : 0);
                pairs += positive.Weight * negative.Weight;
            }
        }

        return won / pairs;
    }

    private static double NaiveF1(Observation[] all, int positive)
    {
        double hits = all.Where(s => s.Label == positive && Predicted(s) == positive).Sum(s => s.Weight);
        double precision = hits / all.Where(s => Predicted(s) == positive).Sum(s => s.Weight);
        double recall = hits / all.Where(s => s.Label == positive).Sum(s => s.Weight);
        return 2 * precision * recall / (precision + recall);
    }

    private sealed record Observation(float[] Scores, int Label, double Prediction, double Target, double Weight);

    private sealed record Case(Func<IMetric> Create, Action<IMetric, Observation> Add, Func<Observation[], double> Naive);
}
