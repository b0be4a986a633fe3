using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Sharing;

namespace Backprop.Fuzz.Harness;

/// <summary>What became of a program.</summary>
public abstract record Outcome(Sample Sample)
{
    /// <summary>The calls with arguments that share something, in order.</summary>
    public IReadOnlyList<SharedCall> Calls { get; init; } = [];
}

/// <summary>A call whose arguments share something.</summary>
public sealed record SharedCall(Shared Shared, bool IsRefused);

public sealed record Passed(Sample Sample) : Outcome(Sample);

/// <summary>The analyzer said why not.</summary>
public sealed record Refused(Sample Sample, IReadOnlyList<string> Codes) : Outcome(Sample);

/// <param name="Oracle">Which check failed.</param>
public sealed record Failed(Sample Sample, string Oracle, string Detail) : Outcome(Sample);

/// <summary>How much is checked.</summary>
public enum Effort
{
    /// <summary>The value and the gradient of the optimized code.</summary>
    Gradient,

    /// <summary>Everything.</summary>
    Full,
}
