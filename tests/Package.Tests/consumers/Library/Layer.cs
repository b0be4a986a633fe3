using Backprop;

namespace Consumer.Library
{
    namespace Models
    {
        /// <summary>A part of models in other assemblies.</summary>
        [Differentiable]
        public sealed partial class Layer
        {
            /// <summary>The weight.</summary>
            public double Weight { get; set; } = 2;

            /// <summary>Weighs a number.</summary>
            /// <param name="x">The number.</param>
            /// <returns>The product.</returns>
            [Differentiable]
            public double Apply(double x) => Weight * x;
        }
    }
}
