namespace Backprop.Tests;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Keeps_the_last_two_and_the_best()
    {
        CheckpointFolder checkpoints = Open();
        double[] scores = [5, 3, 1, 4, 2, 6, 7];
        for (int i = 0; i < scores.Length; i++)
            checkpoints.Save(At(i), i, scores[i]);
        Assert.Equal([2L, 4L, 5L, 6L], checkpoints.Files.Select(f => f.Step));
        Assert.Equal(checkpoints.Files, Open().Files);
        Assert.Equal(4, Directory.GetFiles(folder.FullPath).Length);
        Assert.Equal(2, checkpoints.LoadBest()!.Root.Integer("at"));
    }

    [Fact]
    public void A_large_score_is_better_when_asked_for()
    {
        var checkpoints = new CheckpointFolder(folder.FullPath) { Direction = Direction.Maximize };
        foreach (int i in (int[])[0, 1, 2, 3])
            checkpoints.Save(At(i), i, i == 1 ? 9 : i);
        Assert.Equal(1, checkpoints.Best!.Step);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("flip")]
    [InlineData("empty")]
    public void A_damaged_newest_file_falls_back_with_a_warning(string damage)
    {
        CheckpointFolder checkpoints = Open();
        checkpoints.Save(At(1), 1);
        string newest = checkpoints.Save(At(2), 2).Path;
        byte[] content = File.ReadAllBytes(newest);
        content[^1] ^= 1;
        File.WriteAllBytes(newest, damage == "flip" ? content : damage == "empty" ? [] : content[..^9]);

        Assert.Equal(1, Open().LoadNewest()!.Root.Integer("at"));
        Assert.Contains(warnings, warning => warning.Contains("step-000000000002"));
    }

    [Fact]
    public void Only_damaged_files_are_an_error_and_no_files_are_not()
    {
        Assert.Null(Open().LoadNewest());
        File.WriteAllText(Open().Save(At(1), 1).Path, "nonsense");
        Assert.Throws<CheckpointException>(() => Open().LoadNewest());
    }

    [Fact]
    public void Leftovers_of_a_killed_process_are_removed()
    {
        Open().Save(At(1), 1);
        File.WriteAllText(folder.File("step-000000000002.safetensors.tmp"), "half");
        Assert.Equal(1, Open().LoadNewest()!.Root.Integer("at"));
        Assert.Single(Directory.GetFiles(folder.FullPath));
    }

    [Fact]
    public void Saving_the_same_step_again_replaces_the_file()
    {
        CheckpointFolder checkpoints = Open();
        checkpoints.Save(At(1), 1);
        checkpoints.Save(At(7), 1);
        Assert.Single(checkpoints.Files);
        Assert.Equal(7, checkpoints.LoadNewest()!.Root.Integer("at"));
    }

    private CheckpointFolder Open() => new(folder.FullPath, warnings.Add) { KeepBest = 2 };

    private static Checkpoint At(int i)
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.SetInteger("at", i);
        checkpoint.Root.Add<float>("w", [i, 2, 3], 3);
        return checkpoint;
    }
}
