using System.Text;

namespace Backprop;

/// <summary>How the leaves of a checkpoint differ from those of a model or a state.</summary>
/// <param name="Missing">Paths that the model has and the checkpoint lacks.</param>
/// <param name="Unexpected">Paths that the checkpoint has and the model lacks.</param>
/// <param name="Mismatched">Leaves of another shape or element type: the path, what was saved, what the model has.</param>
public sealed record LeafComparison(
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected,
    IReadOnlyList<string> Mismatched)
{
    // A message with ten thousand paths is read by nobody.
    private const int Shown = 20;

    /// <summary>Whether the checkpoint's leaves are exactly the model's.</summary>
    public bool IsSame => Missing.Count + Unexpected.Count + Mismatched.Count == 0;

    internal static LeafComparison Of(IReadOnlyList<LeafInfo> leaves, string prefix, Checkpoint checkpoint)
    {
        List<string> missing = [], unexpected = [], mismatched = [];
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (LeafInfo leaf in leaves)
        {
            known.Add(prefix + leaf.Path);
            if (!checkpoint.Tensors.TryGetValue(prefix + leaf.Path, out CheckpointTensor? tensor))
                missing.Add(leaf.Path);
            else if (!tensor.Matches(leaf))
                mismatched.Add(Describe(leaf, tensor));
        }

        foreach (string name in checkpoint.Tensors.Keys)
        {
            bool isLeaf = name.StartsWith(prefix, StringComparison.Ordinal) && !name.AsSpan(prefix.Length).Contains('/');
            if (isLeaf && !known.Contains(name))
                unexpected.Add(name[prefix.Length..]);
        }

        return new LeafComparison(missing, unexpected, mismatched);
    }

    internal static string Describe(LeafInfo wanted, CheckpointTensor saved) =>
        $"{wanted.Path} (saved {saved.Describe()}, wanted {TensorTypes.Name(TensorTypes.Of(wanted.ElementType))}[{string.Join(", ", wanted.Shape)}])";

    /// <exception cref="CheckpointException">Something differs; the message begins with <paramref name="verdict"/>.</exception>
    internal void ThrowIfDifferent(string verdict)
    {
        if (IsSame)
            return;
        var text = new StringBuilder(verdict);
        List("Missing", Missing);
        List("Unexpected", Unexpected);
        List("Mis-shaped", Mismatched);
        throw new CheckpointException(text.ToString());

        void List(string title, IReadOnlyList<string> paths)
        {
            if (paths.Count == 0)
                return;
            text.Append(' ').Append(title).Append(": ").AppendJoin(", ", paths.Take(Shown));
            if (paths.Count > Shown)
                text.Append($", and {paths.Count - Shown} more");
            text.Append('.');
        }
    }
}
