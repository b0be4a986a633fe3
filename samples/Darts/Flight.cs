using Backprop;

namespace Darts;

/// <summary>The flight of a dart from the hand to the board. Metres, seconds, radians.</summary>
public static partial class Flight
{
    /// <summary>Distance from the oche to the face of the board.</summary>
    public const double Board = 2.37;

    /// <summary>Height of the bull above the floor.</summary>
    public const double Bull = 1.73;

    private const double Gravity = 9.81;
    private const double Step = 0.004;

    /// <summary>Half the squared distance from the bull at which the dart hits the plane of the board.</summary>
    /// <param name="speed">Speed of release.</param>
    /// <param name="elevation">Angle of release above the horizontal.</param>
    /// <param name="azimuth">Angle of release to the right.</param>
    /// <param name="lean">Lean of the body towards the board: brings the hand forward and down.</param>
    /// <param name="stance">Where on the oche the thrower stands, to the right of the middle.</param>
    /// <param name="grip">How far behind its balance point the dart is held: tilts it up, and a tilted dart has more drag.</param>
    /// <param name="windRight">Wind to the right.</param>
    /// <param name="windAhead">Wind towards the board.</param>
    /// <param name="hit">Where the dart hit: to the right of the bull, above the bull.</param>
    [Differentiable]
    public static double Miss(
        double speed,
        double elevation,
        double azimuth,
        double lean,
        double stance,
        double grip,
        [NoGradient] double windRight,
        [NoGradient] double windAhead,
        [NoGradient] Span<double> hit)
    {
        // The hand, 0.75 m from the hips, when it lets go.
        double x = stance;
        double y = 1.05 + 0.75 * Math.Cos(lean);
        double z = 0.75 * Math.Sin(lean);

        double angle = elevation + 0.3 * grip;
        double vx = speed * Math.Cos(angle) * Math.Sin(azimuth);
        double vy = speed * Math.Sin(angle);
        double vz = speed * Math.Cos(angle) * Math.Cos(azimuth);
        double drag = 0.02 + 0.6 * grip * grip;

        double x0 = x, y0 = y, z0 = z;
        while (z < Board)
        {
            x0 = x;
            y0 = y;
            z0 = z;

            // Four slopes of a Runge-Kutta step; the drag is quadratic in the speed through the air.
            double airX = vx - windRight, airZ = vz - windAhead;
            double s1 = drag * Math.Sqrt(airX * airX + vy * vy + airZ * airZ);
            double ax1 = -s1 * airX, ay1 = -s1 * vy - Gravity, az1 = -s1 * airZ;

            double vx2 = vx + 0.5 * Step * ax1, vy2 = vy + 0.5 * Step * ay1, vz2 = vz + 0.5 * Step * az1;
            airX = vx2 - windRight;
            airZ = vz2 - windAhead;
            double s2 = drag * Math.Sqrt(airX * airX + vy2 * vy2 + airZ * airZ);
            double ax2 = -s2 * airX, ay2 = -s2 * vy2 - Gravity, az2 = -s2 * airZ;

            double vx3 = vx + 0.5 * Step * ax2, vy3 = vy + 0.5 * Step * ay2, vz3 = vz + 0.5 * Step * az2;
            airX = vx3 - windRight;
            airZ = vz3 - windAhead;
            double s3 = drag * Math.Sqrt(airX * airX + vy3 * vy3 + airZ * airZ);
            double ax3 = -s3 * airX, ay3 = -s3 * vy3 - Gravity, az3 = -s3 * airZ;

            double vx4 = vx + Step * ax3, vy4 = vy + Step * ay3, vz4 = vz + Step * az3;
            airX = vx4 - windRight;
            airZ = vz4 - windAhead;
            double s4 = drag * Math.Sqrt(airX * airX + vy4 * vy4 + airZ * airZ);
            double ax4 = -s4 * airX, ay4 = -s4 * vy4 - Gravity, az4 = -s4 * airZ;

            x += Step / 6 * (vx + 2 * vx2 + 2 * vx3 + vx4);
            y += Step / 6 * (vy + 2 * vy2 + 2 * vy3 + vy4);
            z += Step / 6 * (vz + 2 * vz2 + 2 * vz3 + vz4);
            vx += Step / 6 * (ax1 + 2 * ax2 + 2 * ax3 + ax4);
            vy += Step / 6 * (ay1 + 2 * ay2 + 2 * ay3 + ay4);
            vz += Step / 6 * (az1 + 2 * az2 + 2 * az3 + az4);
        }

        // The last step went through the board: where, between its ends?
        double part = (Board - z0) / (z - z0);
        double right = x0 + part * (x - x0);
        double above = y0 + part * (y - y0) - Bull;
        hit[0] = right;
        hit[1] = above;
        return 0.5 * (right * right + above * above);
    }
}
