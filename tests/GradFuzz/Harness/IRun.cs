namespace Backprop.Fuzz.Harness;

/// <summary>A compiled program with arguments, accumulators and a seed of its own. The numbers stand in the order of the program's results and inputs.</summary>
public interface IRun
{
    /// <summary>Sets the arguments and the cotangents of all outputs.</summary>
    void Load(double[] inputs, double[] weights);

    void Primal();

    void Backward();

    /// <summary>The result, and what the parameters hold now.</summary>
    void Outputs(double[] into);

    /// <summary>What the accumulators hold now.</summary>
    void Gradient(double[] into);
}
