namespace Backprop;

/// <summary>How a trainer takes its steps.</summary>
public sealed record TrainerOptions
{
    /// <summary>The one seed of the training: of the shuffles and of the keys given to stochastic losses.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many pieces a batch is split in. Their gradients are computed apart and summed in order, so the result
    /// depends on this number and not on <see cref="Threads"/>. 1 or more.</summary>
    public int Chunks { get; init; } = 1;

    /// <summary>How many threads work on the chunks of a batch; from 1 up to <see cref="Chunks"/>.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The learning rate by the number of updates the optimizer has made: skipped steps and those that only accumulate do
    /// not count. Null leaves the optimizer's own.</summary>
    public Schedule? LearningRate { get; init; }

    /// <summary>The momentum by the number of updates, for an optimizer that is <see cref="IMomentum"/>. Null leaves the optimizer's own.</summary>
    public Schedule? Momentum { get; init; }

    /// <summary>After how many steps in a row without a finite loss and gradient <c>Fit</c> gives up. 1 or more.</summary>
    /// <remarks>Such a step leaves model and optimizer as they are and is counted: the gradient does not come before the optimizer's
    /// transforms, so that <see cref="SkipNonFinite"/>, which asks the same question, is for loops without a trainer. When <c>Fit</c> gives up it goes back to
    /// the end of the last good epoch, of which it keeps a copy in memory: model, optimizer and position in the data.</remarks>
    public int MaxSkippedInARow { get; init; } = 10;

    /// <summary>Further state to save and restore with the training, by name: a random generator, a replay buffer.</summary>
    public IReadOnlyDictionary<string, IStateful>? State { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Chunks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSkippedInARow, 1);
        if (Threads > Chunks)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Threads), Threads, $"A batch of {Chunks} chunk(s) has no work for so many threads; set Chunks too.");
        }
    }
}
