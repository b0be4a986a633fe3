namespace Backprop;

/// <summary>How far <see cref="Lbfgs"/> goes along its direction.</summary>
public enum LineSearch
{
    /// <summary>As far as the learning rate says.</summary>
    None,

    /// <summary>To a point that meets the strong Wolfe conditions.</summary>
    StrongWolfe,
}

/// <summary>
/// Limited-memory BFGS: x ← x − tHg, H the inverse Hessian implied by the last pairs of step and gradient change. It evaluates the
/// objective itself, several times a step, and belongs to one problem.
/// Liu and Nocedal, <em>On the Limited Memory BFGS Method for Large Scale Optimization</em>, 1989.
/// </summary>
/// <remarks>Allocates in its first step only. Models of float leaves are computed with in double precision.</remarks>
public sealed class Lbfgs : IStateful
{
    /// <summary>A change by so little of the value does not show in it.</summary>
    internal const double Rounding = 1e-15;

    private const int IterationsOfStep = 20, IterationsOfMinimization = 1000;
    private Workspace? work;
    private LeafList? list;
    private long iterations, evaluations;

    /// <summary>The step length without line search, and the first one tried with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double LearningRate { get; set => field = Bounds.Positive(value); } = 1;

    /// <summary>Whether the objective is minimised or maximised.</summary>
    public Direction Direction { get; init => field = Bounds.Defined(value); }

    /// <summary>How the step length is found.</summary>
    public LineSearch LineSearch { get; init => field = Bounds.Defined(value); } = LineSearch.StrongWolfe;

    /// <summary>Most iterations of one call; null for 20 in a step and 1000 in <see cref="Minimize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxIterations { get; init => field = value is { } most ? Bounds.AtLeast(1, most) : null; }

    /// <summary>Evaluations after which a call begins no further iteration; null for 5/4 of the iterations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxEvaluations { get; init => field = value is { } most ? Bounds.AtLeast(1, most) : null; }

    /// <summary>Number of pairs that are kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int HistorySize { get; init => field = Bounds.AtLeast(1, value); } = 10;

    /// <summary>Largest magnitude of a gradient's elements that counts as zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double GradientTolerance { get; init => field = Bounds.NonNegative(value); } = 1e-7;

    /// <summary>Change of the parameters or of the value that counts as none. It is absolute: 0 lets the gradient alone say when the minimum
    /// is reached, or the last bit of the value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double ChangeTolerance { get; init => field = Bounds.NonNegative(value); }

    /// <summary>Iterations so far.</summary>
    public long Iterations => iterations;

    /// <summary>Evaluations so far.</summary>
    public long Evaluations => evaluations;

    private double Sign => Direction == Direction.Maximize ? -1 : 1;

    /// <summary>Takes up to <see cref="MaxIterations"/> iterations on a model.</summary>
    /// <param name="model">The model to update.</param>
    /// <param name="gradient">A model of the same shape to hold the gradient.</param>
    /// <param name="lossAndGradient">Returns the model's loss and adds its gradient to <paramref name="gradient"/>, which is zero on entry.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArgumentException">The leaves are not those of earlier steps; nothing was changed.</exception>
    public double Step<TModel>(TModel model, TModel gradient, Func<double> lossAndGradient)
        where TModel : IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(lossAndGradient);
        var pair = new ModelPair<TModel>(model, gradient);
        list ??= new LeafList(pair.Describe());
        list.Check(in pair);
        Prepare(list.TotalLength);
        var objective = new ModelObjective<TModel>(model, gradient, lossAndGradient, Sign);
        objective.Read(work!.X);
        double loss = Run(ref objective, work.X, IterationsOfStep).First;
        objective.Write(work.X);
        return Sign * loss;
    }

    /// <summary>Takes up to <see cref="MaxIterations"/> iterations on plain numbers.</summary>
    /// <param name="x">The numbers to update.</param>
    /// <param name="objective">Value and gradient.</param>
    /// <returns>The value before the step.</returns>
    /// <exception cref="ArgumentException">The length is not that of earlier steps; nothing was changed.</exception>
    public double Step(Span<double> x, Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Prepare(x.Length);
        var flat = new FlatObjective(objective, Sign);
        return Sign * Run(ref flat, x, IterationsOfStep).First;
    }

    /// <summary>Minimises (or maximises) from a start, in one step of up to <see cref="MaxIterations"/> iterations.</summary>
    /// <param name="objective">Value and gradient.</param>
    /// <param name="start">Where to begin; not changed.</param>
    /// <exception cref="InvalidOperationException">This object has taken steps already.</exception>
    public MinimizationResult Minimize(Objective objective, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (work is not null) throw new InvalidOperationException("This optimizer has taken steps on a problem already; use a new one.");
        double[] x = start.ToArray();
        Prepare(x.Length);
        var flat = new FlatObjective(objective, Sign);
        var (_, value, reason) = Run(ref flat, x, IterationsOfMinimization);
        double[] gradient = [.. work!.Gradient.Select(g => Sign * g)];
        return new MinimizationResult(x, Sign * value, gradient, iterations, evaluations, reason);
    }

    /// <summary>Allocates for a problem of that many numbers, so that saved state can be restored before the first step.</summary>
    /// <exception cref="ArgumentException">The optimizer was prepared for another length.</exception>
    public void Prepare(int length)
    {
        work ??= new Workspace(length, HistorySize);
        if (work.X.Length != length)
            throw new ArgumentException($"There are {length} parameters; there were {work.X.Length} in earlier steps.", nameof(length));
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("iterations", ref iterations);
        visitor.VisitCounter("evaluations", ref evaluations);
        work?.VisitState(visitor);
    }

    private (double First, double Last, Termination Reason) Run<TObjective>(ref TObjective objective, Span<double> x, int usualIterations)
        where TObjective : IObjective
    {
        Workspace w = work!;
        int most = MaxIterations ?? usualIterations;
        double first = objective.Evaluate(x, w.Gradient), value = first;
        evaluations++;
        if (!double.IsFinite(first) || !Reduce.AllFinite<double>(w.Gradient)) return (first, value, Termination.NotFinite);
        if (IsFlat(w.Gradient)) return (first, value, Termination.SmallGradient);
        long limit = evaluations - 1 + (MaxEvaluations ?? most * 5 / 4);
        for (int iteration = 1; ; iteration++)
        {
            w.ChooseDirection(++iterations, LearningRate);
            double slope = Reduce.Dot<double>(w.Gradient, w.Direction), before = value;
            if (!(slope < -Rounding * Math.Abs(value) && slope <= -ChangeTolerance)) return (first, value, double.IsNaN(slope) ? Termination.NotFinite : Termination.SmallChange);
            if (LineSearch == LineSearch.StrongWolfe) value = w.Search(ref objective, x, value, slope, ChangeTolerance, ref evaluations);
            else
            {
                Axpy.Apply(1, x, w.StepLength, w.Direction);
                // The value after the last iteration would be computed again at the start of the next step.
                if (iteration < most) value = w.Evaluate(ref objective, x, ref evaluations);
            }
            if (iteration >= most) return (first, value, Termination.IterationLimit);
            if (evaluations >= limit) return (first, value, Termination.EvaluationLimit);
            if (IsFlat(w.Gradient)) return (first, value, Termination.SmallGradient);
            if (Reduce.LargestMagnitude<double>(w.Direction) * w.StepLength <= ChangeTolerance) return (first, value, Termination.SmallChange);
            if (Math.Abs(value - before) <= ChangeTolerance) return (first, value, Termination.SmallChange);
        }
    }

    private bool IsFlat(ReadOnlySpan<double> gradient) => Reduce.LargestMagnitude(gradient) <= GradientTolerance;

    private sealed class Workspace(int length, int capacity)
    {
        public readonly double[] X = new double[length], Gradient = new double[length], Direction = new double[length];
        private readonly double[] previousGradient = new double[length];
        private readonly LbfgsHistory history = new(capacity, length);
        private readonly StrongWolfeSearch search = new(length);
        private double stepLength;

        public double StepLength => stepLength;

        /// <param name="iteration">Counted from 1 over all steps.</param>
        /// <param name="rate">The learning rate.</param>
        public void ChooseDirection(long iteration, double rate)
        {
            // Without curvature the first step goes no further than the rate in the 1-norm.
            bool isFirst = iteration == 1;
            if (!isFirst) history.Add(Direction, stepLength, Gradient, previousGradient);
            history.Apply(Gradient, Direction);
            Gradient.CopyTo(previousGradient);
            stepLength = isFirst ? Math.Min(1, 1 / Reduce.SumOfMagnitudes<double>(Gradient)) * rate : rate;
        }

        public double Evaluate<TObjective>(ref TObjective objective, Span<double> x, ref long evaluations)
            where TObjective : IObjective
        {
            evaluations++;
            return objective.Evaluate(x, Gradient);
        }

        public double Search<TObjective>(
            ref TObjective objective, Span<double> x, double value, double slope, double tolerance, ref long evaluations)
            where TObjective : IObjective
        {
            (stepLength, value) = search.Run(ref objective, x, Direction, Gradient, value, slope, stepLength, tolerance);
            evaluations += search.Evaluations;
            return value;
        }

        public void VisitState(IStateVisitor visitor)
        {
            visitor.VisitLeaf("direction", [Direction.Length], Direction.AsSpan());
            visitor.VisitLeaf("previous_gradient", [Direction.Length], previousGradient.AsSpan());
            visitor.VisitLeaf("step_length", [], new Span<double>(ref stepLength));
            history.VisitState(visitor);
        }
    }
}
