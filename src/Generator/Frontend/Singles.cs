using System.Collections.Immutable;

namespace Backprop.Generator.Frontend;

/// <summary>Lists of one.</summary>
internal static class Singles
{
    /// <summary>What a list holds that holds one; else null.</summary>
    public static T? Only<T>(this ImmutableArray<T> items)
        where T : class
        => items.Length == 1 ? items[0] : null;
}
