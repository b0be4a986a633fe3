using System.Text.Json;

namespace Backprop.Tests;

/// <summary>Builds the schedule that a case of schedules.json describes in PyTorch's words.</summary>
internal static class ReferenceSchedules
{
    public static Schedule Create(string scheduler, JsonElement args, double initial) => scheduler switch
    {
        "StepLR" => new StepSchedule(initial, Steps(args, "step_size"), args.Number("gamma", 0.1)),
        "MultiStepLR" => new MultiStepSchedule(initial, args.GetProperty("milestones").Deserialize<long[]>()!, args.Number("gamma", 0.1)),
        "ConstantLR" => new SequenceSchedule(
            new SchedulePart(new ConstantSchedule(initial * args.Number("factor", 1.0 / 3)), Steps(args, "total_iters")),
            new SchedulePart(new ConstantSchedule(initial), 1)),
        "LinearLR" => new LinearSchedule(initial * args.Number("start_factor", 1.0 / 3), initial * args.Number("end_factor", 1), Steps(args, "total_iters")),
        "ExponentialLR" => new ExponentialSchedule(initial, args.Number("gamma", 0)),
        "PolynomialLR" => new PolynomialSchedule(initial, Steps(args, "total_iters"), args.Number("power", 1)),
        "CosineAnnealingLR" => new CosineSchedule(initial, Steps(args, "T_max"), args.Number("eta_min", 0)) { After = AfterCosine.RiseAgain },
        "CosineAnnealingWarmRestarts" => new CosineRestartsSchedule(initial, Steps(args, "T_0"), (int)args.Number("T_mult", 1), args.Number("eta_min", 0)),
        "CyclicLR" => Cyclic(args, args.Number("base_lr", 0), args.Number("max_lr", 0)),
        "OneCycleLR" => OneCycle(args),
        "SequentialLR" => Sequential(args, initial),
        "ChainedScheduler" => Chained(args, initial),
        "LambdaLR" => Lambda(args.GetProperty("factor_of_k").GetString()!, initial),
        "MultiplicativeLR" => args.GetProperty("factor_of_k").GetString() == "0.97"
            ? new ExponentialSchedule(initial, 0.97)
            : new FunctionSchedule(k => initial * 2 / (k + 2)),
        "SWALR" => args.TryGetProperty("anneal_strategy", out _)
            ? new LinearSchedule(initial, args.Number("swa_lr", 0), Steps(args, "anneal_epochs", 10))
            : new CosineSchedule(initial, Steps(args, "anneal_epochs", 10), args.Number("swa_lr", 0)),
        _ => throw new NotSupportedException($"No schedule for {scheduler}."),
    };

    public static Schedule CreateMomentum(string scheduler, JsonElement args) => scheduler == "CyclicLR"
        ? Cyclic(args, args.Number("max_momentum", 0.9), args.Number("base_momentum", 0.8))
        : Course(args, args.Number("base_momentum", 0.85)) with
        {
            Start = args.Number("max_momentum", 0.95),
            End = args.Number("max_momentum", 0.95),
        };

    private static Schedule Lambda(string factor, double initial) => factor switch
    {
        "1/(1+0.1*k)" => new FunctionSchedule(k => initial / (1 + 0.1 * k)),
        "0.95^k" => new ExponentialSchedule(initial, 0.95),
        _ => new InverseSquareRootSchedule(initial, 10),
    };

    private static CyclicSchedule Cyclic(JsonElement args, double from, double to) => new(from, to, Steps(args, "step_size_up"))
    {
        StepsDown = args.TryGetProperty("step_size_down", out JsonElement down) ? down.GetInt64() : null,
        Factor = args.Number("gamma", 1),
        Mode = args.GetProperty("mode").GetString() switch
        {
            "triangular2" => CycleMode.Halving,
            "exp_range" => CycleMode.Exponential,
            _ => CycleMode.Triangular,
        },
    };

    private static OneCycleSchedule OneCycle(JsonElement args)
    {
        double peak = args.Number("max_lr", 0), start = peak / args.Number("div_factor", 25);
        return Course(args, peak) with { Start = start, End = start / args.Number("final_div_factor", 1e4) };
    }

    private static OneCycleSchedule Course(JsonElement args, double peak) =>
        new(peak, (long)args.Number("total_steps", args.Number("epochs", 0) * args.Number("steps_per_epoch", 0)))
        {
            RiseFraction = args.Number("pct_start", 0.3),
            Phases = args.Flag("three_phase") ? OneCyclePhases.Three : OneCyclePhases.Two,
            Annealing = args.TryGetProperty("anneal_strategy", out _) ? Annealing.Linear : Annealing.Cosine,
        };

    private static SequenceSchedule Sequential(JsonElement args, double initial)
    {
        Schedule[] parts = [.. Parts(args, initial)];
        long[] milestones = args.GetProperty("milestones").Deserialize<long[]>()!;
        return new SequenceSchedule([.. parts.Select((part, i) =>
            new SchedulePart(part, i < milestones.Length ? milestones[i] - (i == 0 ? 0 : milestones[i - 1]) : 1))]);
    }

    private static ProductSchedule Chained(JsonElement args, double initial) =>
        new([new ConstantSchedule(initial), .. Parts(args, 1)]);

    private static IEnumerable<Schedule> Parts(JsonElement args, double initial) => args.GetProperty("schedulers").EnumerateArray()
        .Select(part => Create(part.GetProperty("scheduler").GetString()!, part.GetProperty("args"), initial));

    private static long Steps(JsonElement args, string name, long otherwise = 5) => (long)args.Number(name, otherwise);
}
