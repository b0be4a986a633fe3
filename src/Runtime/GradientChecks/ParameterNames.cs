namespace Backprop;

/// <summary>The names that a lambda gives to its parameters.</summary>
internal static class ParameterNames
{
    /// <summary>The first names in <c>(w, ref double b, …) => …</c>; a number where there is no such text.</summary>
    public static string[] In(string lambda, int count)
    {
        int arrow = lambda.IndexOf("=>", StringComparison.Ordinal);
        int open = lambda.IndexOf('('), close = arrow < 0 ? -1 : lambda.LastIndexOf(')', arrow);
        string[] parameters = open >= 0 && close > open ? lambda[(open + 1)..close].Split(',') : [];
        string[] names = [.. parameters.Select(static p => p.Trim().Split(' ', '\n', '\t')[^1].TrimStart('@'))];
        bool areNames = names.Length == 2 * count && names.All(static n => n.Length > 0 && n != "_" && n.All(static c => char.IsLetterOrDigit(c) || c == '_'));
        return areNames ? names[..count] : [.. Enumerable.Range(1, count).Select(static i => $"argument {i}")];
    }
}
