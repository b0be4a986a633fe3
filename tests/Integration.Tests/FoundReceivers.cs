namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundReceivers
{
    internal partial struct Pair
    {
        public double X, Y;

        /// <summary>Its checks tell the struct from the variable, and have to name both.</summary>
        [Differentiable]
        public double Replace(double by, ref Pair other)
        {
            double y = other.Y;
            other = this;
            return Math.Sin(X * by) * y;
        }
    }

    [Fact]
    public static void A_struct_beside_a_reference_to_another()
    {
        Pair pair = new() { X = 1.5, Y = 2 }, other = new() { X = 0.5, Y = 3 }, dPair = default, dOther = default;
        double by = 0.5, dBy = 0;
        Assert.Equal(Math.Sin(0.75) * 3, pair.ReplaceBackward(by, ref other, ref dPair, ref dBy, ref dOther));
        Assert.Equal(1.5, other.X);
        Assert.Equal(Math.Cos(0.75) * 0.5 * 3, dPair.X, 1e-12);
        Assert.Equal(Math.Cos(0.75) * 1.5 * 3, dBy, 1e-12);
        Assert.Equal(Math.Sin(0.75), dOther.Y, 1e-12);
        Assert.Equal(0, dOther.X);
    }

    [Fact]
    public static void The_message_names_the_struct_and_the_reference()
    {
        Pair pair = new() { X = 1.5, Y = 2 }, dPair = default, dOther = default;
        double dBy = 0;
        string message = Assert.Throws<ArgumentException>(() => pair.ReplaceBackward(0.5, ref pair, ref dPair, ref dBy, ref dOther)).Message;
        Assert.Contains("'this'", message, StringComparison.Ordinal);
        Assert.Contains("'other'", message, StringComparison.Ordinal);
    }
}
