using System.Globalization;

namespace Backprop;

/// <summary>A folder of checkpoints that keeps the newest ones and the best ones.</summary>
/// <remarks>Files are called <c>step-000000001234.safetensors</c>. One process writes to a folder at a time.</remarks>
public sealed class CheckpointFolder
{
    private const string StepKey = "folder/step";
    private const string ScoreKey = "folder/score";
    private const string Extension = ".safetensors";
    private readonly Action<string> warn;
    private readonly List<CheckpointFile> files = [];

    /// <summary>Opens a folder, creating it when it does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="warn">Is told of damaged files; null writes to the standard error stream.</param>
    /// <exception cref="IOException">The folder cannot be created or read.</exception>
    public CheckpointFolder(string path, Action<string>? warn = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FolderPath = Directory.CreateDirectory(path).FullName;
        this.warn = warn ?? Console.Error.WriteLine;
        Scan();
    }

    /// <summary>Full path of the folder.</summary>
    public string FolderPath { get; }

    /// <summary>How many of the newest files are kept; 2 or more, so that a damaged one has another before it.</summary>
    public int KeepNewest { get; init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(KeepNewest), value, "Two or more."); } = 2;

    /// <summary>How many of the best files are kept beside the newest.</summary>
    public int KeepBest { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(KeepBest), value, "Zero or more."); } = 1;

    /// <summary>Whether a small or a large score is better.</summary>
    public Direction Direction { get; init => field = Bounds.Defined(value); }

    /// <summary>The readable files, oldest first.</summary>
    public IReadOnlyList<CheckpointFile> Files => files;

    /// <summary>The file with the best score, or null when none has a score.</summary>
    public CheckpointFile? Best => Ranked().FirstOrDefault();

    /// <summary>Saves a checkpoint, then deletes the files that need not be kept.</summary>
    /// <param name="checkpoint">What to save.</param>
    /// <param name="step">The step after which it is saved.</param>
    /// <param name="score">The quantity by which files are compared; NaN for none.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">The file cannot be written; the others are untouched.</exception>
    public CheckpointFile Save(Checkpoint checkpoint, long step, double score = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        checkpoint.Root.SetInteger(StepKey, step);
        checkpoint.Root.SetNumber(ScoreKey, score);
        string name = string.Create(CultureInfo.InvariantCulture, $"step-{step:D12}{Extension}");
        var file = new CheckpointFile(Path.Combine(FolderPath, name), step, score);
        Safetensors.Write(file.Path, checkpoint);
        files.RemoveAll(existing => existing.Step == step);
        files.Add(file);
        files.Sort(static (a, b) => a.Step.CompareTo(b.Step));
        Prune(file);
        return file;
    }

    /// <summary>Reads the newest checkpoint that is whole; each damaged one before it gives a warning.</summary>
    /// <returns>The checkpoint, or null when the folder has none.</returns>
    /// <exception cref="CheckpointException">There are files, and every one is damaged.</exception>
    public Checkpoint? LoadNewest()
    {
        string[] paths = Directory.GetFiles(FolderPath, "step-*" + Extension);
        Array.Sort(paths, StringComparer.Ordinal);
        CheckpointException? last = null;
        for (int i = paths.Length - 1; i >= 0; i--)
        {
            try
            {
                return ReadChecked(paths[i]);
            }
            catch (CheckpointException error)
            {
                last = error;
                files.RemoveAll(file => file.Path == paths[i]);
                warn($"The checkpoint {paths[i]} is damaged and is passed over: {error.Message}");
            }
        }

        return last is null ? null : throw new CheckpointException($"Every checkpoint in {FolderPath} is damaged.", last);
    }

    /// <summary>Reads the checkpoint with the best score.</summary>
    /// <returns>The checkpoint, or null when none has a score.</returns>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public Checkpoint? LoadBest() => Best is { } best ? ReadChecked(best.Path) : null;

    private static Checkpoint ReadChecked(string path)
    {
        // Every file of a folder was written with a check; one without it has lost the check's name.
        Checkpoint checkpoint = Safetensors.Read(path);
        return checkpoint.IsChecked ? checkpoint : throw new CheckpointException("The file has no check.");
    }

    private void Scan()
    {
        // Left by a process that was killed while it wrote.
        foreach (string leftover in Directory.GetFiles(FolderPath, "step-*" + Extension + DurableFile.TemporarySuffix))
            File.Delete(leftover);
        foreach (string path in Directory.GetFiles(FolderPath, "step-*" + Extension))
        {
            try
            {
                files.Add(Describe(path));
            }
            catch (CheckpointException error)
            {
                warn($"The checkpoint {path} is damaged: {error.Message}");
            }
        }

        files.Sort(static (a, b) => a.Step.CompareTo(b.Step));
    }

    private static CheckpointFile Describe(string path)
    {
        IReadOnlyDictionary<string, string> text = Safetensors.ReadMetadata(path);
        if (!long.TryParse(text.GetValueOrDefault(StepKey), CultureInfo.InvariantCulture, out long step)
            || !double.TryParse(text.GetValueOrDefault(ScoreKey), CultureInfo.InvariantCulture, out double score))
            throw new CheckpointException("It was not saved by a checkpoint folder.");
        return new CheckpointFile(path, step, score);
    }

    private IEnumerable<CheckpointFile> Ranked() => Direction == Direction.Minimize
        ? files.Where(static file => !double.IsNaN(file.Score)).OrderBy(static file => file.Score)
        : files.Where(static file => !double.IsNaN(file.Score)).OrderByDescending(static file => file.Score);

    private void Prune(CheckpointFile justSaved)
    {
        // After a return to an older checkpoint the file just saved need not be the newest by step.
        var kept = new HashSet<CheckpointFile>(files.TakeLast(KeepNewest).Concat(Ranked().Take(KeepBest))) { justSaved };
        foreach (CheckpointFile file in files.Where(file => !kept.Contains(file)).ToArray())
        {
            File.Delete(file.Path);
            files.Remove(file);
        }
    }
}
