namespace Backprop;

/// <summary>Finds the settings of every leaf from the groups whose patterns match its path.</summary>
internal static class GroupSettings
{
    private static readonly ParameterGroup None = new("*");

    /// <exception cref="ArgumentException">A pattern matches no leaf, or a setting has no meaning.</exception>
    internal static ParameterGroup[] Resolve(Optimizer optimizer, IReadOnlyList<LeafInfo> leaves)
    {
        foreach (ParameterGroup group in optimizer.Groups) Check(optimizer, group, leaves);
        return [.. leaves.Select(leaf => optimizer.Groups.Where(group => group.Matches(leaf.Path)).Aggregate(None, Override))];
    }

    /// <summary>The leaf in the shape that its group gives it.</summary>
    /// <exception cref="ArgumentException">The shape holds another number of elements.</exception>
    internal static LeafInfo Reshape(LeafInfo leaf, ParameterGroup settings)
    {
        if (settings.Shape is null) return leaf;
        LeafInfo reshaped = leaf with { Shape = settings.Shape };
        if (reshaped.Length != leaf.Length)
            throw new ArgumentException($"Leaf '{leaf.Path}' has {leaf.Length} elements; the shape [{string.Join(", ", settings.Shape)}] has {reshaped.Length}.", nameof(Optimizer.Groups));
        return reshaped;
    }

    private static ParameterGroup Override(ParameterGroup first, ParameterGroup later) => later with
    {
        // A rate of its own and a scale replace each other, so the later group's choice hides both.
        LearningRate = later.LearningRate ?? (later.LearningRateScale is null ? first.LearningRate : null),
        LearningRateScale = later.LearningRateScale ?? (later.LearningRate is null ? first.LearningRateScale : null),
        WeightDecay = later.WeightDecay ?? first.WeightDecay,
        Momentum = later.Momentum ?? first.Momentum,
        Shape = later.Shape ?? first.Shape,
        Training = later.Training ?? first.Training,
    };

    private static void Check(Optimizer optimizer, ParameterGroup group, IReadOnlyList<LeafInfo> leaves)
    {
        if (!leaves.Any(leaf => group.Matches(leaf.Path)))
            throw new ArgumentException($"No leaf matches the pattern '{group.Pattern}'. The leaves are: {string.Join(", ", leaves.Select(static leaf => leaf.Path))}.", nameof(Optimizer.Groups));
        if (group is { LearningRate: not null, LearningRateScale: not null })
            throw new ArgumentException($"Group '{group.Pattern}' sets both LearningRate and LearningRateScale; set one.", nameof(Optimizer.Groups));
        if (group.Momentum is not null && optimizer is not IMomentum)
            throw new ArgumentException($"Group '{group.Pattern}' sets Momentum, but {optimizer.GetType().Name} has none.", nameof(Optimizer.Groups));
    }
}
