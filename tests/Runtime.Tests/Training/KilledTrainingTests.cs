using System.Diagnostics;
using Xunit.Abstractions;

namespace Backprop.Tests;

public class KilledTrainingTests(ITestOutputHelper output)
{
    private const int Kills = 30;
    private const long Steps = 3000;

    [Fact]
    public void A_training_that_is_killed_again_and_again_ends_as_one_that_never_was()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var whole = new TemporaryFolder();
        ResumedTraining.Run(whole.FullPath, Steps, _ => { });
        int kills = 0, completions = 0;
        while (kills < Kills)
        {
            using var folder = new TemporaryFolder();
            while (KillOnce(folder.FullPath, random) && kills < Kills)
                kills++;
            Finish(folder.FullPath);
            AssertSame(whole.FullPath, folder.FullPath);
            completions++;
        }

        output.WriteLine($"{kills} kills, {completions} trainings");
    }

    /// <summary>Starts the training and kills it at a random moment; false when it was done before.</summary>
    private static bool KillOnce(string folder, Random random)
    {
        using Process victim = Start(folder);
        long announced = 0;
        var started = new TaskCompletionSource();
        Task reading = Task.Run(() =>
        {
            while (victim.StandardOutput.ReadLine() is { } line)
            {
                started.TrySetResult();
                if (line.StartsWith("saved ", StringComparison.Ordinal) && long.TryParse(line[6..], out long step))
                    announced = step;
            }

            started.TrySetResult();
        });
        started.Task.Wait();
        Thread.Sleep(random.Next(20, 220));
        victim.Kill();
        victim.WaitForExit();
        reading.Wait();
        AssertNothingIsLost(folder, announced);
        return victim.ExitCode != 0;
    }

    private static void AssertNothingIsLost(string folder, long announced)
    {
        var warnings = new List<string>();
        Checkpoint? newest = new CheckpointFolder(folder, warnings.Add) { KeepBest = 2 }.LoadNewest();
        Assert.Empty(warnings);
        Assert.True((newest?.Section("trainer").Integer("step") ?? 0) >= announced, $"step {announced} was announced as saved");
    }

    private static void Finish(string folder)
    {
        using Process victim = Start(folder);
        Assert.EndsWith("done", victim.StandardOutput.ReadToEnd().TrimEnd());
        victim.WaitForExit();
        Assert.Equal(0, victim.ExitCode);
    }

    private static void AssertSame(string expectedFolder, string actualFolder)
    {
        Assert.Equal(File.ReadAllText(Path.Combine(expectedFolder, "log.csv")), File.ReadAllText(Path.Combine(actualFolder, "log.csv")));
        Assert.Equal(new CheckpointFolder(expectedFolder).Files.Select(f => (f.Step, f.Score)), new CheckpointFolder(actualFolder).Files.Select(f => (f.Step, f.Score)));
        Checkpoint expected = new CheckpointFolder(expectedFolder).LoadNewest()!, actual = new CheckpointFolder(actualFolder).LoadNewest()!;
        Assert.Equal(Text(expected), Text(actual));
        foreach (var (name, tensor) in expected.Tensors.Where(t => t.Key != "run/history"))
            Assert.True(tensor.Data.Span.SequenceEqual(actual.Tensors[name].Data.Span), name);
    }

    private static IEnumerable<KeyValuePair<string, string>> Text(Checkpoint checkpoint) =>
        checkpoint.Metadata.Where(t => t.Key != "run/elapsed").OrderBy(t => t.Key, StringComparer.Ordinal);

    private static Process Start(string folder)
    {
        // The victim is built beside these tests, with the same configuration and framework.
        string[] parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string assembly = Path.Combine(
            AppContext.BaseDirectory, "..", "..", "..", "..", "Runtime.Tests.Victim", "bin", parts[^2], parts[^1], "Backprop.Gen.Runtime.Tests.Victim.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, folder, Steps.ToString()]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
