namespace Backprop;

/// <summary>A schedule and how many steps of it are used.</summary>
/// <param name="Schedule">The schedule; its step 0 is the part's first step.</param>
/// <param name="Steps">How many steps of it; the last part of a sequence goes on for ever.</param>
public sealed record SchedulePart(Schedule Schedule, long Steps)
{
    /// <summary>The schedule; its step 0 is the part's first step.</summary>
    public Schedule Schedule { get; } = Schedule ?? throw new ArgumentNullException(nameof(Schedule));

    /// <summary>How many steps of it.</summary>
    public long Steps { get; } = Bounds.AtLeast(1L, Steps);
}

/// <summary>Schedules one after another, each from its own beginning.</summary>
/// <param name="Parts">The parts in order; the last one goes on for ever.</param>
/// <exception cref="ArgumentException">There are no parts.</exception>
public sealed record SequenceSchedule(params IReadOnlyList<SchedulePart> Parts) : Schedule
{
    private readonly SchedulePart[] parts = Parts is { Count: > 0 } ? [.. Parts] : throw new ArgumentException("A sequence needs a part.", nameof(Parts));

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<SchedulePart> Parts => parts;

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        int part = 0;
        while (part < parts.Length - 1 && step >= parts[part].Steps) step -= parts[part++].Steps;
        return parts[part].Schedule.At(step);
    }
}
