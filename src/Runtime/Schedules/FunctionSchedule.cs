namespace Backprop;

/// <summary>Whatever a function says.</summary>
/// <param name="Function">Value by step; must be pure.</param>
public sealed record FunctionSchedule(Func<long, double> Function) : Schedule
{
    /// <summary>Value by step.</summary>
    public Func<long, double> Function { get; } = Function ?? throw new ArgumentNullException(nameof(Function));

    /// <inheritdoc/>
    protected override double Value(long step) => Function(step);
}
