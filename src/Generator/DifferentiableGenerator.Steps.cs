namespace Backprop.Generator;

/// <content>What the steps are called.</content>
public sealed partial class DifferentiableGenerator
{
    /// <summary>Names of the steps, for tests of what is cached.</summary>
    internal static class Steps
    {
        public const string Lower = nameof(Lower);
        public const string Differentiate = nameof(Differentiate);
        public const string Print = nameof(Print);
        public const string Split = nameof(Split);
        public const string PrintSplit = nameof(PrintSplit);
        public const string LowerModel = nameof(LowerModel);
        public const string PrintModel = nameof(PrintModel);
    }
}
