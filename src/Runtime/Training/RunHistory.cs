namespace Backprop;

/// <summary>The records of a training's epochs, and their form in a checkpoint: one row an epoch.</summary>
internal sealed class RunHistory(IReadOnlyList<string> metricNames)
{
    private const int FixedColumns = 6;
    private readonly List<EpochRecord> records = [];

    public IReadOnlyList<EpochRecord> Records => records;

    public void Add(EpochRecord record) => records.Add(record);

    public void Save(CheckpointSection section)
    {
        int columns = FixedColumns + metricNames.Count;
        double[] rows = new double[records.Count * columns];
        for (int i = 0; i < records.Count; i++)
            Write(records[i], rows.AsSpan(i * columns, columns));
        section.SetText("metrics", string.Join('\n', metricNames));
        section.Add<double>("history", rows, records.Count, columns);
    }

    /// <exception cref="CheckpointException">The metrics were others.</exception>
    public void Load(CheckpointSection section)
    {
        if (section.FindText("metrics") != string.Join('\n', metricNames))
            throw new CheckpointException($"The saved training had the metrics '{section.FindText("metrics")}'.");
        ReadOnlySpan<double> rows = section.Tensor("history").Values<double>();
        int columns = FixedColumns + metricNames.Count;
        if (rows.Length % columns != 0)
            throw new CheckpointException("The saved history has rows of another length.");
        records.Clear();
        for (int start = 0; start < rows.Length; start += columns)
            records.Add(Read(rows.Slice(start, columns)));
    }

    /// <summary>A saved duration; zero when it is none.</summary>
    public static TimeSpan Seconds(double seconds) =>
        seconds is >= 0 and < 1e11 ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;

    private static void Write(EpochRecord record, Span<double> row)
    {
        row[0] = record.Epoch;
        row[1] = record.Step;
        row[2] = record.Loss;
        row[3] = record.ValidationLoss;
        row[4] = record.LearningRate;
        row[5] = record.Elapsed.TotalSeconds;
        row[FixedColumns..].Fill(double.NaN);
        for (int i = 0; i < record.Metrics.Count; i++)
            row[FixedColumns + i] = record.Metrics[i].Value;
    }

    private EpochRecord Read(ReadOnlySpan<double> row)
    {
        // An epoch without validation has no metrics, and is the one that has no validation loss.
        var metrics = new List<MetricValue>();
        for (int i = 0; i < metricNames.Count && !double.IsNaN(row[3]); i++)
            metrics.Add(new MetricValue(metricNames[i], row[FixedColumns + i]));
        return new EpochRecord((int)row[0], (long)row[1], row[2], row[3], metrics, row[4], Seconds(row[5]));
    }
}
