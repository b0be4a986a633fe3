namespace Backprop.Tests;

/// <summary>What every schedule promises, and what single ones do beyond the reference courses.</summary>
public sealed class EveryScheduleTests
{
    private static readonly Dictionary<string, Schedule> All = new()
    {
        ["ConstantSchedule"] = new ConstantSchedule(0.1),
        ["StepSchedule"] = new StepSchedule(0.1, 7),
        ["MultiStepSchedule"] = new MultiStepSchedule(0.1, [3, 8]),
        ["ExponentialSchedule"] = new ExponentialSchedule(0.1, 0.9),
        ["LinearSchedule"] = new LinearSchedule(0.1, 0.01, 20),
        ["PolynomialSchedule"] = new PolynomialSchedule(0.1, 20, 2, 0.01),
        ["CosineSchedule"] = new CosineSchedule(0.1, 20, 0.01),
        ["CosineRestartsSchedule"] = new CosineRestartsSchedule(0.1, 5, 2),
        ["CyclicSchedule"] = new CyclicSchedule(0.01, 0.1, 4),
        ["OneCycleSchedule"] = new OneCycleSchedule(0.1, 20),
        ["InverseSquareRootSchedule"] = new InverseSquareRootSchedule(0.1, 5),
        ["WarmupSchedule"] = new WarmupSchedule(new CosineSchedule(0.1, 20), 5),
        ["WarmupStableDecaySchedule"] = new WarmupStableDecaySchedule(0.1, 5, 5, 10),
        ["SequenceSchedule"] = new SequenceSchedule(new SchedulePart(new ConstantSchedule(0.1), 3), new SchedulePart(new ConstantSchedule(0.2), 3)),
        ["ProductSchedule"] = new ProductSchedule(new ConstantSchedule(0.1), new ExponentialSchedule(1, 0.9)),
        ["FunctionSchedule"] = new FunctionSchedule(static step => 0.1 / (step + 1)),
    };

    public static TheoryData<string> Schedules => [.. All.Keys];

    public static TheoryData<string, Action> WrongArguments => new()
    {
        { "Level", () => new ConstantSchedule(-1) },
        { "Initial", () => new StepSchedule(double.NaN, 7) },
        { "Every", () => new StepSchedule(0.1, 0) },
        { "Factor", () => new MultiStepSchedule(0.1, [], -1) },
        { "Milestones", () => new MultiStepSchedule(0.1, [5, 3]) },
        { "Factor", () => new ExponentialSchedule(0.1, double.PositiveInfinity) },
        { "Steps", () => new LinearSchedule(0.1, 0.01, 0) },
        { "Power", () => new PolynomialSchedule(0.1, 20, 0) },
        { "End", () => new CosineSchedule(0.1, 20, -1) },
        { "PeriodFactor", () => new CosineRestartsSchedule(0.1, 5, 0) },
        { "StepsDown", () => new CyclicSchedule(0.01, 0.1, 4) { StepsDown = 0 } },
        { "Mode", () => new CyclicSchedule(0.01, 0.1, 4) { Mode = (CycleMode)9 } },
        { "RiseFraction", () => new OneCycleSchedule(0.1, 20) { RiseFraction = 1 } },
        { "Steps", () => new OneCycleSchedule(0.1, 1) },
        { "Warmup", () => new InverseSquareRootSchedule(0.1, 0) },
        { "Then", () => new WarmupSchedule(null!, 5) },
        { "Decay", () => new WarmupStableDecaySchedule(0.1, 5, 5, 0) },
        { "Parts", () => new SequenceSchedule() },
        { "Factors", () => new ProductSchedule() },
        { "Function", () => new FunctionSchedule(null!) },
        { "initial", () => new PlateauSchedule(-1) },
        { "Factor", () => new PlateauSchedule(1) { Factor = 1 } },
        { "Patience", () => new PlateauSchedule(1) { Patience = -1 } },
    };

    [Fact]
    public void The_list_has_every_schedule() => Assert.Equal(
        typeof(Schedule).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Schedule))).Select(static type => type.Name).Order(),
        All.Keys.Order());

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Is_a_pure_function_of_the_step(string name)
    {
        Schedule schedule = All[name];
        double[] forth = [.. Enumerable.Range(0, 50).Select(step => schedule.At(step))];
        double[] back = [.. Enumerable.Range(0, 50).Reverse().Select(step => schedule.At(step))];
        Assert.Equal(forth, back.Reverse());
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Is_finite_and_not_negative_for_ever(string name)
    {
        foreach (long step in (long[])[0, 1, 20, 21, 1_000_000, long.MaxValue - 1])
            Assert.True(All[name].At(step) is >= 0 and < 1, $"{step}: {All[name].At(step)}");
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Allocates_nothing(string name)
    {
        Schedule schedule = All[name];
        schedule.At(3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 30; step++) schedule.At(step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_negative_step_is_refused(string name) =>
        Assert.Throws<ArgumentOutOfRangeException>("step", () => All[name].At(-1));

    [Theory]
    [MemberData(nameof(WrongArguments), DisableDiscoveryEnumeration = true)]
    public void A_wrong_argument_is_refused_by_name(string parameter, Action create) =>
        Assert.Equal(parameter, Assert.ThrowsAny<ArgumentException>(create).ParamName);

    [Fact]
    public void Warmup_stable_decay_goes_up_stays_and_comes_down()
    {
        var schedule = new WarmupStableDecaySchedule(1, 4, 3, 4);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 0.75, 0.5, 0.25, 0, 0], Enumerable.Range(0, 13).Select(step => schedule.At(step)));
        Assert.Equal(0.5, (schedule with { Shape = DecayShape.OneMinusSquareRoot }).At(8), 1e-15);
        Assert.Equal(0.5, (schedule with { Shape = DecayShape.Cosine }).At(9), 1e-15);
    }

    [Fact]
    public void A_warmup_ends_where_the_next_schedule_begins()
    {
        var schedule = new WarmupSchedule(new ExponentialSchedule(1, 0.5), 4) { StartFactor = 0.2 };
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1, 0.5, 0.25], Enumerable.Range(0, 7).Select(step => Math.Round(schedule.At(step), 12)));
    }

    [Fact]
    public void Equal_schedules_are_equal() =>
        Assert.Equal(new CosineSchedule(0.1, 20), new CosineSchedule(0.1, 20));

    [Fact]
    public void A_plateau_continues_from_saved_state()
    {
        PlateauSchedule whole = Create(), first = Create(), second = Create();
        double[] metrics = [5, 4, 4, 4, 4, 3, 3, 3, 3, 3, double.NaN, 3, 3];
        foreach (double metric in metrics) whole.Observe(metric);
        foreach (double metric in metrics[..6]) first.Observe(metric);
        State.Copy(first, second);
        foreach (double metric in metrics[6..]) second.Observe(metric);
        Assert.Equal(whole.Value, second.Value);
        Assert.True(whole.Value < 1);

        static PlateauSchedule Create() => new(1) { Patience = 1, Cooldown = 1, Factor = 0.5 };
    }
}
