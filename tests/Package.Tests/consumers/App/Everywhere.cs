using System;
using Backprop;
using Consumer.Library;
using Consumer.Library.Models;

/// <summary>In the global namespace.</summary>
internal static partial class Everywhere
{
    /// <summary>Calls methods of another assembly.</summary>
    [Differentiable]
    internal static double Walk(double x, double by, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            x = Steps.Step(x, by);
        }

        return x * Steps.Spiral(x, [0.5, by]);
    }

    /// <summary>Calls one that is internal there.</summary>
    [Differentiable]
    internal static double Friend(double x) => Steps.Hidden(x) * x;
}

namespace Consumer
{
    namespace App
    {
        internal static partial class Outer<T>
            where T : class
        {
            internal static partial class Inner
            {
                [Differentiable]
                internal static float Scale(float dx, float seed, [NoGradient] T? name) => name is null ? dx : dx * seed;
            }
        }

        /// <summary>A model with a part from another assembly.</summary>
        [Differentiable]
        internal sealed partial class Network
        {
            public Layer First { get; set; } = new();

            public double[] Bias { get; } = [0.5, 0.25];

            [NoGradient]
            public double Scale { get; init; } = 3;

            [Differentiable]
            public double Loss(double x, [NoGradient] double target)
            {
                double error = (First.Apply(x) * Scale) + Bias[0] - target;
                return error * error;
            }
        }
    }
}
