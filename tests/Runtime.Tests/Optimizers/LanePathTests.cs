using System.Numerics;

namespace Backprop.Tests;

/// <summary>Vectors and single elements must take the same steps, whatever the length.</summary>
public sealed class LanePathTests
{
    private const int LongestLength = 67, Steps = 4;

    public static TheoryData<string> Optimizers => OptimizerCatalogue.Names;

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_long_leaf_steps_as_its_elements_do(string name)
    {
        if (!IsElementwise(OptimizerCatalogue.Create(name).GetType())) return;
        for (int length = 0; length <= LongestLength; length++)
        {
            CompareWithElements<double>(name, length, static (o, x, g) => o.Step(x, g));
            CompareWithElements<float>(name, length, static (o, x, g) => o.Step(x, g));
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Singles_step_as_doubles_do(string name)
    {
        // The first steps of these divide rounding errors by something near zero, or go by the sign of a sum near zero.
        if (name is "Adadelta") return;
        for (int length = 0; length <= LongestLength; length++)
        {
            float[] x = Numbers.Normal<float>(length, 1);
            double[] y = [.. x.Select(static value => (double)value)];
            Optimizer single = OptimizerCatalogue.Create(name), full = OptimizerCatalogue.Create(name);
            for (int step = 0; step < Steps; step++)
            {
                float[] g = Numbers.Normal<float>(length, 10 + step);
                single.Step(x, g);
                full.Step(y, [.. g.Select(static value => (double)value)]);
            }
            for (int i = 0; i < length; i++) Assert.Equal(y[i], x[i], 2e-5);
        }
    }

    private delegate void StepOf<T>(Optimizer optimizer, T[] x, T[] g);

    private static void CompareWithElements<T>(string name, int length, StepOf<T> step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] whole = Numbers.Normal<T>(length, 1), single = new T[1];
        Optimizer optimizer = OptimizerCatalogue.Create(name);
        T[][] gradients = [.. Enumerable.Range(0, Steps).Select(k => Numbers.Normal<T>(length, 10 + k))];
        T[] start = [.. whole];
        foreach (T[] gradient in gradients) step(optimizer, whole, gradient);
        for (int i = 0; i < length; i++)
        {
            Optimizer alone = OptimizerCatalogue.Create(name);
            single[0] = start[i];
            foreach (T[] gradient in gradients) step(alone, single, [gradient[i]]);
            Assert.Equal(single[0], whole[i]);
        }
    }

    private static bool IsElementwise(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ElementwiseOptimizer<>)) return true;
        return false;
    }
}
