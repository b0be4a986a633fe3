namespace Backprop;

/// <summary>Saved state does not belong to the object it should be restored to. Nothing was overwritten.</summary>
/// <param name="missing">Names that the object has and the saved state has not.</param>
/// <param name="unexpected">Names that the saved state has and the object has not.</param>
/// <param name="misshaped">Names present in both, with both shapes.</param>
public sealed class StateMismatchException(
    IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshaped)
    : ArgumentException(Describe(missing, unexpected, misshaped))
{
    /// <summary>Names that the object has and the saved state has not.</summary>
    public IReadOnlyList<string> Missing { get; } = missing;

    /// <summary>Names that the saved state has and the object has not.</summary>
    public IReadOnlyList<string> Unexpected { get; } = unexpected;

    /// <summary>Leaves present in both with different shapes or element types; each entry gives both.</summary>
    public IReadOnlyList<string> Misshaped { get; } = misshaped;

    private static string Describe(params ReadOnlySpan<IReadOnlyList<string>> lists)
    {
        string[] parts = [Part("missing", lists[0]), Part("unexpected", lists[1]), Part("other shape", lists[2])];
        return $"The saved state belongs to something else: {string.Join("; ", parts.Where(static part => part.Length > 0))}.";
    }

    private static string Part(string what, IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"{what}: {string.Join(", ", names)}";
}
