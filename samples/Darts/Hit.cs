namespace Darts;

/// <summary>Where a dart hit: metres right of and above the bull.</summary>
public readonly record struct Hit(double Right, double Above)
{
    public double Distance => Math.Sqrt(Right * Right + Above * Above);
}
