using System.Runtime.CompilerServices;

namespace Backprop.Generator.Tests.Snapshots;

/// <summary>
/// Compares text with a file beside the test, by the convention of the Verify library: <c>Class.name.verified.cs</c> holds what is right, a mismatch writes
/// <c>Class.name.received.cs</c>. A test only calls <see cref="Match"/>, so another mechanism would replace this class alone.
/// </summary>
internal static class Snapshot
{
    /// <summary>Set it to 1 to make what the tests receive the new truth, then read the difference in version control.</summary>
    private const string AcceptVariable = "ACCEPT_SNAPSHOTS";

    /// <param name="name">What tells this snapshot from the others of its class.</param>
    public static void Match(string text, string name, [CallerFilePath] string test = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(test)!, $"{Path.GetFileNameWithoutExtension(test)}.{name}");
        string verified = stem + ".verified.cs", received = stem + ".received.cs";
        string actual = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(verified, actual);
        }

        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{Difference(expected, actual)}\nCompare {received} with {verified}; {AcceptVariable}=1 accepts.");
    }

    private static string Difference(string? expected, string actual)
    {
        if (expected is null)
        {
            return "There is no verified snapshot yet.";
        }

        string[] before = expected.Split('\n'), after = actual.Split('\n');
        int line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} was '{before.ElementAtOrDefault(line)}' and is '{after.ElementAtOrDefault(line)}'.";
    }
}
