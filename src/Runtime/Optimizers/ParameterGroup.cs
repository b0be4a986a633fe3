namespace Backprop;

/// <summary>Whether the leaves of a group take part in training.</summary>
public enum Training
{
    /// <summary>Updated by every step.</summary>
    Trained,

    /// <summary>Never touched, and not counted in gradient norms; they have no optimizer state.</summary>
    Frozen,
}

/// <summary>
/// Settings for the leaves whose path matches a pattern. What is left null is the optimizer's own; where several groups match a
/// leaf, the last one that sets a value wins.
/// </summary>
/// <param name="Pattern">A leaf path in which <c>*</c> stands for any characters and <c>?</c> for one: <c>*.Bias</c>, <c>Layers[?].W</c>.</param>
public sealed record ParameterGroup(string Pattern)
{
    /// <summary>A learning rate of their own, which the optimizer's schedule does not change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double? LearningRate { get; init => field = value is { } rate ? Bounds.NonNegative(rate) : null; }

    /// <summary>Times the optimizer's learning rate, scheduled or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double? LearningRateScale { get; init => field = value is { } scale ? Bounds.NonNegative(scale) : null; }

    /// <summary>A weight decay of their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double? WeightDecay { get; init => field = value is { } decay ? Bounds.NonNegative(decay) : null; }

    /// <summary>A momentum of their own, for optimizers that are <see cref="IMomentum"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double? Momentum { get; init => field = value is { } momentum ? Bounds.Decay(momentum) : null; }

    /// <summary>
    /// The shape of what these leaves hold, for rules that treat matrices as matrices (<see cref="Muon"/>, <see cref="Adafactor"/>,
    /// <see cref="AdaptiveClip"/>, <see cref="Centralize"/>): a matrix kept row-major in a plain array is a vector unless this says otherwise.
    /// </summary>
    public IReadOnlyList<int>? Shape { get; init => field = value is null ? null : [.. value]; }

    /// <summary>Whether these leaves are trained.</summary>
    public Training? Training { get; init; }

    /// <summary>A group of leaves that are not trained.</summary>
    public static ParameterGroup Frozen(string pattern) => new(pattern) { Training = Backprop.Training.Frozen };

    /// <summary>Whether <paramref name="path"/> matches <see cref="Pattern"/>.</summary>
    public bool Matches(string path) => Matches(Pattern, path);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] != '*')
            return !path.IsEmpty && (pattern[0] == '?' || pattern[0] == path[0]) && Matches(pattern[1..], path[1..]);
        for (int skipped = 0; skipped <= path.Length; skipped++)
            if (Matches(pattern[1..], path[skipped..])) return true;
        return false;
    }
}
