namespace Backprop;

/// <summary>Makes trainers.</summary>
/// <example><c>var trainer = Trainer.Create&lt;Mlp, Digit&gt;(model, optimizer, (m, s, g, seed) => m.LossBackward(s.Pixels, s.Label, g, seed));</c></example>
public static class Trainer
{
    /// <summary>A trainer on a loss per sample in double precision.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="optimizer">What moves it.</param>
    /// <param name="loss">Loss and backward pass of one sample.</param>
    /// <param name="options">How steps are taken.</param>
    /// <param name="weight">Weight of a sample; null gives all the same. Finite and not negative; must always give one sample
    /// the same weight.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model has no leaf, the optimizer belongs to another model or cannot be prepared for this
    /// one, or an option is out of range.</exception>
    public static Trainer<TModel, TSample> Create<TModel, TSample>(
        TModel model,
        Optimizer optimizer,
        SampleLoss<TModel, TSample> loss,
        TrainerOptions? options = null,
        Func<TSample, double>? weight = null)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(loss);
        LossTerm<TModel, TSample> term = weight is null
            ? new SampleTerm<TModel, TSample>(loss)
            : new WeightedTerm<TModel, TSample>((m, sample, gradient, seed, _) => loss(m, sample, gradient, seed), weight);
        return new Trainer<TModel, TSample>(model, optimizer, term, options ?? new TrainerOptions());
    }

    /// <summary>A trainer on a loss per sample in single precision.</summary>
    /// <inheritdoc cref="Create{TModel, TSample}(TModel, Optimizer, SampleLoss{TModel, TSample}, TrainerOptions, Func{TSample, double})"/>
    public static Trainer<TModel, TSample> Create<TModel, TSample>(
        TModel model,
        Optimizer optimizer,
        SampleLossSingle<TModel, TSample> loss,
        TrainerOptions? options = null,
        Func<TSample, double>? weight = null)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Create<TModel, TSample>(
            model, optimizer, (m, sample, gradient, seed) => (double)loss(m, sample, gradient, (float)seed), options, weight);
    }

    /// <summary>A trainer on a loss per sample that uses random numbers.</summary>
    /// <inheritdoc cref="Create{TModel, TSample}(TModel, Optimizer, SampleLoss{TModel, TSample}, TrainerOptions, Func{TSample, double})"/>
    public static Trainer<TModel, TSample> Create<TModel, TSample>(
        TModel model,
        Optimizer optimizer,
        StochasticLoss<TModel, TSample> loss,
        TrainerOptions? options = null,
        Func<TSample, double>? weight = null)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(loss);
        LossTerm<TModel, TSample> term = weight is null
            ? new StochasticTerm<TModel, TSample>(loss)
            : new WeightedTerm<TModel, TSample>(loss, weight);
        return new Trainer<TModel, TSample>(model, optimizer, term, options ?? new TrainerOptions());
    }

    /// <summary>A trainer on the mean loss of a batch in double precision.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="optimizer">What moves it.</param>
    /// <param name="loss">Mean loss and backward pass of a batch; called once for each chunk.</param>
    /// <param name="options">How steps are taken.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model has no leaf, the optimizer belongs to another model or cannot be prepared for this
    /// one, or an option is out of range.</exception>
    public static Trainer<TModel, TSample> CreateBatched<TModel, TSample>(
        TModel model, Optimizer optimizer, BatchLoss<TModel, TSample> loss, TrainerOptions? options = null)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new Trainer<TModel, TSample>(model, optimizer, new BatchTerm<TModel, TSample>(loss), options ?? new TrainerOptions());
    }

    /// <summary>A trainer on the mean loss of a batch in single precision.</summary>
    /// <inheritdoc cref="CreateBatched{TModel, TSample}(TModel, Optimizer, BatchLoss{TModel, TSample}, TrainerOptions)"/>
    public static Trainer<TModel, TSample> CreateBatched<TModel, TSample>(
        TModel model, Optimizer optimizer, BatchLossSingle<TModel, TSample> loss, TrainerOptions? options = null)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(loss);
        return CreateBatched<TModel, TSample>(
            model, optimizer, (m, batch, gradient, seed) => (double)loss(m, batch, gradient, (float)seed), options);
    }
}
