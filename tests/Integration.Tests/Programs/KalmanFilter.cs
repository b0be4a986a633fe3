namespace Backprop.Programs;

public readonly record struct Vec2(double X, double Y)
{
    public static Vec2 operator +(Vec2 a, Vec2 b) => new(a.X + b.X, a.Y + b.Y);

    public static Vec2 operator *(double s, Vec2 a) => new(s * a.X, s * a.Y);
}

/// <summary>Rows (A, B) and (C, D).</summary>
public readonly record struct Mat2(double A, double B, double C, double D)
{
    public static Mat2 Identity => new(1, 0, 0, 1);

    public Mat2 Transposed => new(A, C, B, D);

    public static Mat2 operator +(Mat2 a, Mat2 b) => new(a.A + b.A, a.B + b.B, a.C + b.C, a.D + b.D);

    public static Mat2 operator *(double s, Mat2 a) => new(s * a.A, s * a.B, s * a.C, s * a.D);

    public static Vec2 operator *(Mat2 a, Vec2 x) => new(a.A * x.X + a.B * x.Y, a.C * x.X + a.D * x.Y);

    public static Mat2 operator *(Mat2 a, Mat2 b)
        => new(a.A * b.A + a.B * b.C, a.A * b.B + a.B * b.D, a.C * b.A + a.D * b.C, a.C * b.B + a.D * b.D);
}

/// <summary>Kalman (1960): a position is measured, its velocity changes by chance.</summary>
public static partial class KalmanFilter
{
    /// <summary>Of the measurements, one every second, up to a constant.</summary>
    [Differentiable]
    public static double NegativeLogLikelihood(double unrest, double noise, Vec2 start, double spread, [NoGradient] ReadOnlySpan<double> measurements)
    {
        Mat2 motion = new(1, 1, 0, 1);
        Mat2 disturbance = unrest * new Mat2(1.0 / 3, 0.5, 0.5, 1);
        Vec2 state = start;
        Mat2 covariance = spread * Mat2.Identity;
        double sum = 0;
        foreach (double measured in measurements)
        {
            state = motion * state;
            covariance = motion * covariance * motion.Transposed + disturbance;
            double surprise = measured - state.X;
            double variance = covariance.A + noise;
            sum += Math.Log(variance) + surprise * surprise / variance;
            Vec2 gain = new(covariance.A / variance, covariance.C / variance);
            state += surprise * gain;
            covariance = new Mat2(1 - gain.X, 0, -gain.Y, 1) * covariance;
        }

        return 0.5 * sum;
    }
}
