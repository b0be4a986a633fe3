namespace Backprop.Fuzz.Harness;

/// <summary>A compiled program with arguments, accumulators and a seed of its own. The numbers stand in the order of the program's results and inputs.</summary>
public interface IRun
{
    /// <summary>Makes two of the arguments share something from now on: the so manieth of what they can share.</summary>
    void Share(int number);

    /// <summary>Sets the arguments.</summary>
    void Load(double[] inputs);

    /// <summary>Sets the cotangents of all outputs.</summary>
    void Seed(double[] weights);

    void Primal();

    void Backward();

    /// <summary>The primal, and what the pullback needs.</summary>
    void Forward();

    /// <summary>After <see cref="Forward"/>, as often as wanted.</summary>
    void Pullback();

    /// <summary>What is nobody's argument changes its sign; again, and it is as before.</summary>
    void Disturb();

    /// <summary>The result, and what the parameters hold now.</summary>
    void Outputs(double[] into);

    /// <summary>What the accumulators hold now.</summary>
    void Gradient(double[] into);
}
