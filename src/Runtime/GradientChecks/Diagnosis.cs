using System.Globalization;

namespace Backprop;

/// <summary>Says what a wrong gradient looks like: the mistakes that people make.</summary>
internal static class Diagnosis
{
    private const double Close = 1e-2;

    /// <param name="components">All that is known.</param>
    /// <param name="wrong">The numbers whose gradient is wrong, worst first.</param>
    public static string Of(Components components, List<Component> wrong)
    {
        (LeafInfo leaf, _) = components.Function.Locate(wrong[0].Number);
        int start = components.Function.Leaves.First(l => ReferenceEquals(l.Leaf, leaf)).Start;
        List<Component> here = [.. wrong.Where(c => ReferenceEquals(components.Function.Locate(c.Number).Leaf, leaf))];
        bool isAll = here.Count == leaf.Length;
        string many = here.Count == 1 && leaf.Length > 1 ? $"one of the {leaf.Length} numbers of '{leaf.Path}'"
            : isAll ? $"'{leaf.Path}'" : $"{here.Count} of the {leaf.Length} numbers of '{leaf.Path}'";
        string how = Transposed(components, leaf, start, here) ?? Exchanged(components, leaf, start, wrong) ?? Factor(here) ?? "is not the derivative";
        int others = wrong.Select(c => components.Function.Locate(c.Number).Leaf).Distinct().Count() - 1;
        string more = others switch { 0 => "", 1 => " Another leaf is wrong as well.", _ => $" {others} other leaves are wrong as well." };
        return $"the gradient of {many} {how}.{more}";
    }

    private static string? Factor(List<Component> wrong)
    {
        if (wrong.All(static c => c.Gradient == 0))
        {
            return "is zero where it should not be: the backward pass leaves it out";
        }

        Component[] clear = [.. wrong.Where(static c => c.Difference != 0)];
        if (clear.Length != wrong.Count)
        {
            return wrong.Count > 0 && clear.Length == 0 ? "is not zero, but the value does not depend on it" : null;
        }

        double factor = clear[0].Gradient / clear[0].Difference;
        return clear.Any(c => !IsClose(c.Gradient / c.Difference, factor)) ? null
            : IsClose(factor, -1) ? "has the wrong sign"
            : clear.Length > 1 || IsClose(factor, Math.Round(factor)) || IsClose(1 / factor, Math.Round(1 / factor))
                ? $"is {factor.ToString("G3", CultureInfo.InvariantCulture)} times what it should be"
            : null;
    }

    /// <summary>Whether the gradient of a matrix, or of an array that may stand for a square one, has rows and columns exchanged.</summary>
    private static string? Transposed(Components components, LeafInfo leaf, int start, List<Component> wrong)
    {
        int side = (int)Math.Round(Math.Sqrt(leaf.Length));
        (int rows, int columns) = leaf.Shape.Count == 2 ? (leaf.Shape[0], leaf.Shape[1]) : leaf.Shape.Count == 1 && side * side == leaf.Length ? (side, side) : (0, 0);
        if (rows < 2 || columns < 2 || leaf.Length > 512 || wrong.Count < 2)
        {
            return null;
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (!Agree(components.Of(start + (j * rows) + i).Gradient, components.Of(start + (i * columns) + j).Difference))
                {
                    return null;
                }
            }
        }

        return $"is transposed: as a matrix of {rows} × {columns}, rows and columns are exchanged";
    }

    private static string? Exchanged(Components components, LeafInfo leaf, int start, List<Component> wrong)
    {
        if (leaf.Length > 512)
        {
            return null;
        }

        foreach ((LeafInfo other, int otherStart) in components.Function.Leaves)
        {
            bool isCandidate = !ReferenceEquals(other, leaf) && other.Length == leaf.Length && wrong.Any(c => c.Number >= otherStart && c.Number < otherStart + other.Length);
            if (isCandidate && Enumerable.Range(0, leaf.Length).All(i => Agree(components.Of(start + i).Gradient, components.Of(otherStart + i).Difference)
                && Agree(components.Of(otherStart + i).Gradient, components.Of(start + i).Difference)))
            {
                return $"is that of '{other.Path}', and the other way round: the accumulators are exchanged";
            }
        }

        return null;
    }

    private static bool Agree(double gradient, double difference) => Math.Abs(gradient - difference) <= Close * Math.Max(Math.Abs(gradient), Math.Abs(difference)) + 1e-9;

    private static bool IsClose(double factor, double other) => Math.Abs(factor - other) <= Close * Math.Abs(other);
}
