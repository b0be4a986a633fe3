namespace Backprop;

/// <summary>Takes training steps: gradient of a batch, check that it is finite, move of the model.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TSample">One sample.</typeparam>
/// <remarks>Not for use by several threads at once; it uses several threads itself when asked to.</remarks>
public sealed class Trainer<TModel, TSample>
    where TModel : class, IDifferentiable<TModel>
{
    private const string OptimizerSection = "optimizer";
    private readonly ChunkedGradient<TModel, TSample> chunks;
    private int busy;

    internal Trainer(TModel model, Optimizer optimizer, LossTerm<TModel, TSample> loss, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        options.Check();
        if (model.DescribeLeaves().Count == 0)
            throw new ArgumentException("The model has no leaf to train.", nameof(model));
        if (options.Momentum is not null && optimizer is not IMomentum)
            throw new ArgumentException($"There is a schedule of the momentum, and {optimizer.GetType().Name} has none.", nameof(options));
        Model = model;
        Optimizer = optimizer;
        Options = options;
        Loss = loss;
        Gradient = model.ZerosLike();
        optimizer.Check(Pair);
        chunks = new ChunkedGradient<TModel, TSample>(model, loss, options.Chunks, options.Threads);
    }

    /// <summary>The model that is trained.</summary>
    public TModel Model { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The gradient of the last batch, as the optimizer left it.</summary>
    public TModel Gradient { get; }

    /// <summary>How steps are taken.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Number of steps taken, the skipped ones among them.</summary>
    public long StepCount { get; private set; }

    /// <summary>Number of steps that were skipped because loss or gradient was not finite.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>Number of steps since the last one that moved the model.</summary>
    public int SkippedInARow { get; private set; }

    /// <summary>Factor on <see cref="TrainerOptions.LearningRate"/>.</summary>
    internal double RateScale { get; private set; } = 1;

    internal LossTerm<TModel, TSample> Loss { get; }

    /// <summary>One step on a batch. Allocates nothing.</summary>
    /// <param name="batch">The samples; at least one.</param>
    /// <returns>The loss before the step and what was done.</returns>
    /// <exception cref="ArgumentException"><paramref name="batch"/> is empty, or a leaf of the model has another length than at
    /// first.</exception>
    /// <exception cref="InvalidOperationException">The trainer is already at work.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    /// <remarks>What the loss throws comes out unchanged; the model is as before, and the next step works.</remarks>
    public StepResult Step(ReadOnlyMemory<TSample> batch)
    {
        Enter();
        try
        {
            return TakeStep(batch);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Trains on data until an end is reached. See <see cref="FitOptions"/>.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="options">How long, in what batches, and who is told.</param>
    /// <param name="validation">What the model is measured on after an epoch, or null.</param>
    /// <param name="cancellation">Ends the training after the present batch; what was reached is returned.</param>
    /// <exception cref="ArgumentException">The data are empty, give no batch, or do not suit the options.</exception>
    /// <exception cref="CheckpointException">The checkpoint to resume from belongs to another training.</exception>
    /// <exception cref="InvalidOperationException">The trainer is already at work.</exception>
    public TrainingRun Fit(
        TrainingData<TSample> data,
        FitOptions options,
        Validation<TModel, TSample>? validation = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.IsAsynchronous || validation?.Data.IsAsynchronous == true)
            throw new ArgumentException("The data arrive asynchronously; call FitAsync.", nameof(data));
        FitSession<TModel, TSample> session = Prepare(data, options, validation);

        Enter();

        // Every wait in the session either completes at once or is completed by a pool thread that reads ahead.
        return RunAsync(session, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Trains on data, on a pool thread, until an end is reached.</summary>
    /// <inheritdoc cref="Fit"/>
    public Task<TrainingRun> FitAsync(
        TrainingData<TSample> data,
        FitOptions options,
        Validation<TModel, TSample>? validation = null,
        CancellationToken cancellation = default)
    {
        FitSession<TModel, TSample> session = Prepare(data, options, validation);
        Enter();
        return Task.Run(() => RunAsync(session, cancellation), CancellationToken.None);
    }

    /// <summary>Tries rising learning rates and tells at which the loss falls fastest. Model, optimizer and trainer are as
    /// before when it returns.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="range">The rates to try; null for the usual ones.</param>
    /// <exception cref="ArgumentException">The data are empty or asynchronous, or the range is not one.</exception>
    /// <exception cref="InvalidOperationException">The trainer is already at work.</exception>
    public LearningRateSearch FindLearningRate(TrainingData<TSample> data, LearningRateRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        range ??= new LearningRateRange();
        range.Check();
        if (data.Count == 0 || data.IsAsynchronous)
            throw new ArgumentException("The data are empty or arrive asynchronously.", nameof(data));
        Enter();
        try
        {
            return LearningRateFinder.Run(this, data, range);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Measures the model without training it.</summary>
    /// <param name="validation">Data, loss and metrics; the metrics hold their values afterwards.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">The data are empty.</exception>
    public async Task<double> EvaluateAsync(Validation<TModel, TSample> validation, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        validation.Check();
        return await validation.MeasureAsync(Model, int.MaxValue, cancellation).ConfigureAwait(false);
    }

    /// <summary>Everything that the next steps depend on, but for the position in the data: for loops of one's own.</summary>
    public Checkpoint Capture()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddLeaves(Model);
        foreach (var (section, state) in States(checkpoint))
            section.AddState(state);
        CheckpointSection own = checkpoint.Section("trainer");
        own.SetInteger("step", StepCount);
        own.SetInteger("skipped", SkippedSteps);
        own.SetInteger("skipped_in_a_row", SkippedInARow);
        own.SetNumber("rate_scale", RateScale);
        return checkpoint;
    }

    /// <summary>Goes back to a state saved by <see cref="Capture"/> or by <c>Fit</c>.</summary>
    /// <exception cref="CheckpointException">The checkpoint belongs to another model, optimizer or kind of state, or has no
    /// training state. Nothing is changed then.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work.</exception>
    public void Restore(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Enter();
        try
        {
            RestoreState(checkpoint);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary><see cref="Restore"/> in the middle of work.</summary>
    internal void RestoreState(Checkpoint checkpoint)
    {
        CheckpointSection own = checkpoint.Section("trainer");
        (long step, long skipped, long inARow) = (own.Integer("step"), own.Integer("skipped"), own.Integer("skipped_in_a_row"));
        double scale = own.Number("rate_scale");
        CheckState(checkpoint);
        long updates = checkpoint.Section(OptimizerSection).Integer("step");
        if (inARow < 0 || skipped < inARow || step < skipped || updates < 0 || !IsRate(scale))
            throw new CheckpointException("The saved counts of steps or the saved learning rate make no sense.");
        checkpoint.Root.CopyLeavesTo(Model);
        foreach (var (section, state) in States(checkpoint))
            section.CopyStateTo(state);
        StepCount = step;
        SkippedSteps = skipped;
        SkippedInARow = (int)Math.Min(inARow, int.MaxValue);
        RateScale = scale;
    }

    internal StepResult TakeStep(ReadOnlyMemory<TSample> batch) => TakeStep(batch, NextRate());

    internal StepResult TakeStep(ReadOnlyMemory<TSample> batch, double rate)
    {
        if (batch.IsEmpty)
            throw new ArgumentException("The batch is empty.", nameof(batch));
        CheckRate(rate, nameof(TrainerOptions.LearningRate));
        Optimizer.LearningRate = rate;
        if (Options.Momentum is { } momentum)
            ((IMomentum)Optimizer).Momentum = momentum.At(Optimizer.Steps);
        long started = TrainingMeter.Start();
        Optimizer.CheckAndClear(Pair);
        double loss = chunks.Run(Model, batch, Gradient, new SampleKey(Options.Seed, StepCount, 0));
        double norm = Optimizer.CheckedNorm(Pair);
        GradientOutcome outcome = double.IsFinite(loss) && double.IsFinite(norm) ? Optimizer.StepChecked(Pair) : GradientOutcome.Skipped;
        bool isSkipped = outcome == GradientOutcome.Skipped;
        SkippedInARow = isSkipped ? SkippedInARow + 1 : 0;
        SkippedSteps += isSkipped ? 1 : 0;
        var result = new StepResult(StepCount++, loss, norm, rate, batch.Length, outcome);
        TrainingMeter.Record(in result, started);
        return result;
    }

    /// <summary>Multiplies the learning rate of all later steps.</summary>
    internal void ScaleLearningRate(double factor)
    {
        if (Options.LearningRate is null)
            Optimizer.LearningRate *= factor;
        else
            RateScale *= factor;
    }

    /// <summary>Keeps the count of skipped steps through a return to an earlier state.</summary>
    internal void CountSkipped(long skipped) => SkippedSteps = skipped;

    internal void Enter()
    {
        if (Interlocked.Exchange(ref busy, 1) != 0)
            throw new InvalidOperationException("The trainer is already at work: one Fit or Step at a time.");
    }

    internal void Leave() => Volatile.Write(ref busy, 0);

    private ModelPair<TModel> Pair => new(Model, Gradient);

    /// <summary>Everything stateful beside the model, each with its place in a checkpoint.</summary>
    private IEnumerable<(CheckpointSection Section, IStateful State)> States(Checkpoint checkpoint)
    {
        yield return (checkpoint.Section(OptimizerSection), Optimizer);
        foreach (var (name, state) in Options.State ?? new Dictionary<string, IStateful>())
            yield return (checkpoint.Section("state").Section(name), state);
    }

    private void CheckState(Checkpoint checkpoint)
    {
        checkpoint.Root.Compare(Model).ThrowIfDifferent("The checkpoint belongs to another model.");
        foreach (var (section, state) in States(checkpoint))
            section.Compare(state).ThrowIfDifferent(section.DescribeState());
    }

    private double NextRate() => Options.LearningRate is { } schedule
        ? schedule.At(Optimizer.Steps) * RateScale
        : Optimizer.LearningRate;

    private static bool IsRate(double rate) => rate >= 0 && double.IsFinite(rate);

    private static void CheckRate(double rate, string name)
    {
        if (!IsRate(rate))
            throw new ArgumentOutOfRangeException(name, rate, "A learning rate is a finite number from zero on.");
    }

    private FitSession<TModel, TSample> Prepare(
        TrainingData<TSample> data, FitOptions options, Validation<TModel, TSample>? validation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(data.Count, data.CanShuffle);
        validation?.Check();
        return new FitSession<TModel, TSample>(this, data, options, validation);
    }

    private async Task<TrainingRun> RunAsync(FitSession<TModel, TSample> session, CancellationToken cancellation)
    {
        try
        {
            return await session.RunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }
}
