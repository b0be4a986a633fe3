using System.Text.Json;

namespace Backprop.Tests;

/// <summary>Every course of schedules.json, step by step.</summary>
public sealed class ReferenceScheduleTests
{
    private const double Tolerance = 1e-12;
    private static readonly JsonElement Reference = ReferenceData.Read("schedules.json");

    public static TheoryData<string> Cases =>
        [.. Reference.GetProperty("cases").EnumerateArray().Select(static testCase => testCase.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_the_reference(string id)
    {
        JsonElement testCase = Reference.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
        string scheduler = testCase.GetProperty("scheduler").GetString()!;
        JsonElement args = testCase.GetProperty("args"), initial = testCase.GetProperty("initial_lr");
        if (scheduler == "ReduceLROnPlateau")
        {
            FollowPlateau(testCase, args);
            return;
        }
        if (initial.ValueKind == JsonValueKind.Array)
        {
            for (int group = 0; group < initial.GetArrayLength(); group++)
                Compare(testCase.GetProperty("lr")[group].Deserialize<double[]>()!, ReferenceSchedules.Create(scheduler, args, initial[group].GetDouble()).At, id);
            return;
        }
        Compare(testCase.Numbers("lr"), ReferenceSchedules.Create(scheduler, args, initial.GetDouble()).At, id);
        if (testCase.TryGetProperty("momentum", out _))
            Compare(testCase.Numbers("momentum"), ReferenceSchedules.CreateMomentum(scheduler, args).At, id);
    }

    private static void FollowPlateau(JsonElement testCase, JsonElement args)
    {
        var plateau = new PlateauSchedule(testCase.GetProperty("initial_lr").GetDouble())
        {
            Direction = args.TryGetProperty("mode", out JsonElement mode) && mode.GetString() == "max" ? Direction.Maximize : Direction.Minimize,
            Factor = args.Number("factor", 0.1),
            Patience = (long)args.Number("patience", 10),
            Threshold = args.Number("threshold", 1e-4),
            ThresholdForm = args.TryGetProperty("threshold_mode", out _) ? ThresholdForm.Absolute : ThresholdForm.Relative,
            Cooldown = (long)args.Number("cooldown", 0),
            Minimum = args.Number("min_lr", 0),
            SmallestChange = args.Number("eps", 1e-8),
        };
        double[] metrics = testCase.Numbers("metrics");
        double[] values = [plateau.Value, .. metrics.Select(plateau.Observe)];
        Compare(testCase.Numbers("lr"), step => values[step], testCase.GetProperty("id").GetString()!);
    }

    private static void Compare(double[] expected, Func<long, double> actual, string what)
    {
        // PyTorch computes the last values of a line as a difference of large ones, so one rounding of the largest is allowed too.
        double rounding = double.BitIncrement(expected.Max()) - expected.Max();
        for (int step = 0; step < expected.Length; step++)
            Assert.True(
                Math.Abs(actual(step) - expected[step]) <= Tolerance * Math.Abs(expected[step]) + rounding,
                $"{what}: step {step} is {actual(step):R}, expected {expected[step]:R}");
    }
}
