namespace Backprop.Fuzz.Interpret;

/// <summary>What a run decided, and how narrowly.</summary>
public sealed class Trace
{
    private const double Largest = 1e4;
    private const double SmallestMargin = 1e-7;
    private const int MostSteps = 20_000;

    private int steps;

    /// <summary>Two runs with the same path are points of one smooth piece of the program.</summary>
    public long Path { get; private set; } = 17;

    /// <summary>The smallest distance of two numbers that a branch compared.</summary>
    public double BranchMargin { get; private set; } = double.PositiveInfinity;

    public void Took(int direction) => Path = unchecked((Path * 1_000_003) + direction);

    public void Branch(double margin) => BranchMargin = Math.Min(BranchMargin, margin);

    /// <summary>A function with a kink: at the kink itself its slope is a convention, so such inputs are not used.</summary>
    public void Kink(double margin, int side)
    {
        Took(side);
        Branch(margin);
        if (margin < SmallestMargin)
        {
            throw new DiscardedException("a kink");
        }
    }

    public void Size(double number)
    {
        if (!(Math.Abs(number) <= Largest))
        {
            throw new DiscardedException("a large number");
        }
    }

    public void Step()
    {
        if (++steps > MostSteps)
        {
            throw new DiscardedException("a long run");
        }
    }
}
