using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>Every rule for structs against differences of the member itself, and against the member's own bits where operations stand in its place.</summary>
public sealed class PartsDifferenceTests
{
    private const int Seed = 20260;

    public static TheoryData<string> Differentiable => new(PartsRules.All.Where(rule => rule.Kind == RuleKind.Differentiable && !rule.Member.StartsWith("Half.", StringComparison.Ordinal)).Select(rule => rule.Member));

    public static TheoryData<string> Exact => new(PartsRules.All.Where(rule => rule.Exact is not null).Select(rule => rule.Member));

    public static TheoryData<string> Steps
        => new(PartsRules.All.Where(rule => rule.Kind == RuleKind.Zero && (rule.Member.Contains("Round(") || rule.Member.Contains("Truncate")) && !rule.Member.Contains("Midpoint")).Select(rule => rule.Member));

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_formula_agrees_with_differences(string member)
    {
        PartsCall call = new(PartsRules.Find(member)!);
        Random random = new(Seed);
        int points = 0;
        for (int trial = 0; trial < 24; trial++)
        {
            points += Agrees(member, call, Point(member, call, random, trial), random) ? 1 : 0;
        }

        Assert.True(points >= 6, $"{member}: only {points} points could be checked (seed {Seed})");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_is_flat_between_its_jumps(string member)
    {
        PartsCall call = new(PartsRules.Find(member)!);
        double[] x = [.. call.Types.Select((_, i) => 0.3 + i)], moved = [.. x.Select(value => value + 0.05)];
        Assert.Equal(call.Value(x), call.Value(moved));
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void Operations_in_the_place_of_a_member_give_its_bits(string member)
    {
        PartsCall call = new(PartsRules.Find(member)!);
        Random random = new(Seed);
        double[] special = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, float.MaxValue, float.Epsilon];
        for (int trial = 0; trial < 400; trial++)
        {
            double[] x = [.. call.Types.Select(type => PartsCall.IsFloating(type)
                ? random.Next(4) == 0 ? special[random.Next(special.Length)] : (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)))
                : random.Next(2))];
            double[] expected = call.Value(x)!, actual = call.Computed(x)!;
            Assert.Equal(expected.Select(Bits), actual.Select(Bits));
        }
    }

    [Theory]
    [InlineData("Half.op_Explicit(float)")]
    [InlineData("Half.op_Explicit(double)")]
    public void Rounding_to_Half_has_the_slope_of_what_it_rounds(string member)
    {
        PartsCall call = new(PartsRules.Find(member)!);
        Assert.Equal((call.Value([1.5])![0] - call.Value([1.25])![0]) / 0.25, call.Pull([1.3], [1])[0]);
    }

    private static long Bits(double value) => double.IsNaN(value) ? BitConverter.DoubleToInt64Bits(double.NaN) : BitConverter.DoubleToInt64Bits(value);

    // Every third point rises, which intervals and near and far planes want; the others have signs.
    private static double[] Point(string member, PartsCall call, Random random, int trial)
    {
        double[] x = [.. call.Types.Select(_ => 0.2 + random.NextDouble())];
        x = trial % 3 == 0 ? [.. x.Order()] : [.. x.Select(value => trial % 3 == 1 && random.Next(2) == 0 ? -value : value)];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = !PartsCall.IsFloating(call.Types[i]) ? random.Next(2)
                : IsMask(member, call, i) ? (random.Next(2) == 0 ? BitConverter.Int32BitsToSingle(-1) : 0)
                : call.Types[i] == typeof(float) ? (float)x[i] : x[i];
        }

        return x;
    }

    private static bool IsMask(string member, PartsCall call, int i) => member.Contains("ConditionalSelect") && i < call.Types.Length / 3;

    private static bool Agrees(string member, PartsCall call, double[] x, Random random)
    {
        if (call.Value(x) is not { } y || !y.All(double.IsFinite))
        {
            return false;
        }

        double[] dy = [.. y.Select(_ => (double)(float)(random.NextDouble() + 0.5))];
        double[] slopes = call.Pull(x, dy);
        bool any = false;
        for (int i = 0; i < x.Length; i++)
        {
            if (!PartsCall.IsFloating(call.Types[i]) || IsMask(member, call, i))
            {
                Assert.Equal(0, slopes[i]);
                continue;
            }

            bool isSingle = call.Types[i] == typeof(float);
            double step = (isSingle ? 1e-2 : 1e-3) * Math.Max(0.3, Math.Abs(x[i]));
            if (Slope(step) is not { } slope || Slope(step / 2) is not { } finer)
            {
                return false;
            }

            // A jump or a kink between the points, or a slope that changes too fast.
            double scale = Math.Max(1, Math.Abs(slope) + y.Max(Math.Abs));
            if (Math.Abs(slope - finer) > (isSingle ? 2e-3 : 1e-6) * scale)
            {
                return false;
            }

            any = true;
            Assert.True(
                Math.Abs(slopes[i] - finer) <= (isSingle ? 4e-3 : 3e-6) * scale,
                $"{member}({string.Join(", ", x)}), number {i}: {slopes[i]} by the rule, {finer} by differences (seed {Seed})");

            double? At(double offset) => call.Value([.. x.Select((value, k) => k == i ? value + offset : value)]) is { } moved && moved.All(double.IsFinite) ? moved.Zip(dy, (a, b) => a * b).Sum() : null;

            double? Slope(double h) => (At(h), At(-h), At(2 * h), At(-2 * h)) is ({ } a, { } b, { } c, { } d) ? ((8 * (a - b)) - (c - d)) / (12 * h) : null;
        }

        return any;
    }
}
