using Backprop.Integration;

namespace Backprop.Programs;

public static class HandTrackingTests
{
    private const int Bones = 5;

    private static readonly Hand hand = new(
        [-1, 0, 1, 0, 3],
        [new(0, 0, 0), new(0.2, 1, 0), new(0.2, 1.6, 0.1), new(-0.3, 0.9, 0), new(-0.4, 1.4, 0.05)],
        [new(0, 1, 0), new(1, 0, 0), new(1, 0, 0), new(0.6, 0, 0.8), new(0.8, 0.6, 0)],
        [new(0.1, 0.5, 0), new(0.2, 1.3, 0), new(0.25, 2, 0.1), new(-0.35, 1.8, 0)],
        new double[,] { { 0.7, 0.2, 0, 0.1, 0 }, { 0, 0.6, 0.4, 0, 0 }, { 0, 0, 1, 0, 0 }, { 0, 0, 0, 0.3, 0.7 } });

    private static readonly Vec3[] seen = [new(0.2, 0.4, 0.1), new(0.1, 1.2, 0.3), new(0.4, 1.7, 0.6), new(-0.2, 1.9, 0.1)];

    [Fact]
    public static void The_gradient_is_that_of_turning_about_the_joints()
    {
        double[] x = [0.1, 0.4, -0.3, 0.2, 0.6, 0.2, -0.1, 0.3, 0.05, -0.02, 0.1];
        Check.Formula(Backward, x, Geometric(x));
        Check.Gradient(Primal, Backward, x);
    }

    [Fact]
    public static void Angles_of_zero()
    {
        double[] x = new double[Bones + 6], nearly = [.. x.Select(_ => 1e-9)];
        double[] d = new double[x.Length];
        Assert.Equal(Primal(x), Backward(x, d, 1));
        double[] expected = Geometric(nearly);
        Assert.All(d, (v, i) => Assert.Equal(expected[i], v, 1e-7));
    }

    private static double Primal(double[] x) => HandTracking.Loss(x.AsSpan(0, Bones), Laid.On<Vec3>(x, Bones), Laid.On<Vec3>(x, Bones + 3), hand, seen);

    private static double Backward(double[] x, double[] d, double seed) => HandTracking.LossBackward(
        x.AsSpan(0, Bones), Laid.On<Vec3>(x, Bones), Laid.On<Vec3>(x, Bones + 3), hand, seen,
        d.AsSpan(0, Bones), ref Laid.On<Vec3>(d, Bones), ref Laid.On<Vec3>(d, Bones + 3), seed);

    // A vertex moves across the axis of a joint and across the line to it, with the weight of the bones that hang on the joint.
    private static double[] Geometric(double[] x)
    {
        Vec3 r = Laid.On<Vec3>(x, Bones), move = Laid.On<Vec3>(x, Bones + 3);
        Vec3 Turned(int bone, Vec3 v) => bone < 0 ? Vec3.Rotate(r, v) : Turned(hand.Parents[bone], Vec3.Rotate(x[bone] * hand.Axes[bone], v));
        Vec3 Moved(int bone, Vec3 p) => bone < 0 ? Vec3.Rotate(r, p) + move
            : Moved(hand.Parents[bone], hand.Joints[bone] + Vec3.Rotate(x[bone] * hand.Axes[bone], p - hand.Joints[bone]));
        bool HangsOn(int bone, int joint) => bone == joint || (bone > joint && HangsOn(hand.Parents[bone], joint));
        double[] gradient = new double[x.Length];
        for (int v = 0; v < seen.Length; v++)
        {
            Vec3[] by = [.. Enumerable.Range(0, Bones).Select(b => Moved(b, hand.Vertices[v]))];
            Vec3 error = by.Select((p, b) => hand.Weights[v, b] * p).Aggregate((a, b) => a + b) - seen[v];
            for (int joint = 0; joint < Bones; joint++)
            {
                Vec3 axis = Turned(hand.Parents[joint], hand.Axes[joint]), center = Moved(joint, hand.Joints[joint]);
                gradient[joint] += Enumerable.Range(0, Bones).Where(b => HangsOn(b, joint)).Sum(b => hand.Weights[v, b] * Vec3.Dot(error, Vec3.Cross(axis, by[b] - center)));
            }

            Vec3 arm = error + seen[v] - move, torque = Vec3.Cross(arm, error);
            double[] dr = LeftJacobianTransposed(r, torque);
            for (int k = 0; k < 3; k++)
            {
                gradient[Bones + k] += dr[k];
            }

            gradient[Bones + 3] += error.X;
            gradient[Bones + 4] += error.Y;
            gradient[Bones + 5] += error.Z;
        }

        return gradient;
    }

    // A change dr of a rotation vector turns by J dr, J = sin θ / θ + (1 - sin θ / θ) a aᵀ + (1 - cos θ) / θ [a]ₓ.
    private static double[] LeftJacobianTransposed(Vec3 r, Vec3 torque)
    {
        double angle = r.Norm, sine = Math.Sin(angle) / angle;
        Vec3 axis = 1 / angle * r;
        Vec3 dr = sine * torque + (1 - sine) * Vec3.Dot(axis, torque) * axis - (1 - Math.Cos(angle)) / angle * Vec3.Cross(axis, torque);
        return [dr.X, dr.Y, dr.Z];
    }
}
