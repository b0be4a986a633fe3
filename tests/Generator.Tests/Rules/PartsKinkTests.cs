using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The slopes that docs/rules.md promises for structs at singular points.</summary>
public sealed class PartsKinkTests
{
    private const double NaN = double.NaN;

    [Theory]
    [InlineData("Vector2.this.Length()", new[] { 0.0, 0 }, new[] { 0.0, 0 })]
    [InlineData("Quaternion.this.Length()", new[] { 0.0, 0, 0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("Vector2.Distance(Vector2, Vector2)", new[] { 1.0, 2, 1, 2 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("Complex.Abs(Complex)", new[] { 0.0, 0 }, new[] { 0.0, 0 })]
    [InlineData("Complex.this.Phase", new[] { 0.0, 0 }, new[] { NaN, NaN })]
    [InlineData("Vector2.Normalize(Vector2)", new[] { 0.0, 0 }, new[] { NaN, NaN })]
    [InlineData("Vector2.Clamp(Vector2, Vector2, Vector2)", new[] { 0.0, 3, 0, 0, 2, 2 }, new[] { 1.0, 0, 0, 0, 0, 1 })]
    [InlineData("Vector2.Abs(Vector2)", new[] { 0.0, -2 }, new[] { 0.0, -1 })]
    [InlineData("Vector2.ConditionalSelect(Vector2, Vector2, Vector2)", new[] { 0.0, 1, 2, 3, 4, 5 }, new[] { 0.0, 0, 0, NaN, 1, NaN })]
    [InlineData("Complex.Pow(Complex, double)", new[] { 0.0, 0, 2 }, new[] { NaN, NaN, NaN })]
    [InlineData("Complex.MaxMagnitude(Complex, Complex)", new[] { 1.0, 2, 1, 2 }, new[] { 1.0, 1, 0, 0 })]
    public void A_singular_point(string member, double[] x, double[] expected) => Assert.Equal(expected, Pull(member, x));

    [Fact]
    public void A_number_that_no_index_names_gets_nothing()
    {
        Assert.Equal([0, 1, 0, 0], Pull("Vector3.this[int]", [5, 6, 7, 1]));
        Assert.Equal([1, 0, 1, 0, 1], Pull("Vector3.this[int] = float", [5, 6, 7, 1, 9]));
    }

    [Fact]
    public void An_infinitely_far_plane_has_the_slopes_of_the_limit()
    {
        double[] far = Pull("Matrix4x4.CreatePerspective(float, float, float, float)", [2, 2, 0.5, double.PositiveInfinity]);
        double[] nearly = Pull("Matrix4x4.CreatePerspective(float, float, float, float)", [2, 2, 0.5, 1e9]);
        Assert.Equal(0, far[3]);
        Assert.All(far.Zip(nearly), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void The_arc_between_equal_rotations_is_a_line()
    {
        double[] slopes = Pull("Quaternion.Slerp(Quaternion, Quaternion, float)", [0, 0, 0, 1, 0, 0, 0, 1, 0.25]);
        Assert.Equal([0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25, 0], slopes);
        double[] opposite = Pull("Quaternion.Slerp(Quaternion, Quaternion, float)", [0, 0, 0, 1, 0, 0, 0, -1, 0.25]);
        Assert.Equal([0.75, 0.75, 0.75, 0.75, -0.25, -0.25, -0.25, -0.25, 0], opposite);
    }

    [Theory]
    [InlineData(new[] { 1.0, 0, 0, 0, -1, 0, 0, 0, -1 })]
    [InlineData(new[] { -1.0, 0, 0, 0, 1, 0, 0, 0, -1 })]
    [InlineData(new[] { -1.0, 0, 0, 0, -1, 0, 0, 0, 1 })]
    [InlineData(new[] { 1.0, 0, 0, 0, 1, 0, 0, 0, 1 })]
    public void A_rotation_of_each_kind_gives_a_quaternion_with_numbers_for_slopes(double[] rotation)
    {
        double[] matrix = [rotation[0], rotation[1], rotation[2], 0, rotation[3], rotation[4], rotation[5], 0, rotation[6], rotation[7], rotation[8], 0, 0, 0, 0, 1];
        double[] slopes = Pull("Quaternion.CreateFromRotationMatrix(Matrix4x4)", matrix);
        Assert.All(slopes, slope => Assert.True(double.IsFinite(slope)));
        Assert.Contains(slopes, slope => slope != 0);
    }

    /// <summary>What each number gets where every number of the result has the cotangent 1.</summary>
    private static double[] Pull(string member, double[] x)
    {
        PartsCall call = new(PartsRules.Find(member)!);
        return call.Pull(x, [.. call.Value(x)!.Select(_ => 1.0)]);
    }
}
