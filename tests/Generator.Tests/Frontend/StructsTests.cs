namespace Backprop.Generator.Tests.Frontend;

/// <summary>Structs become the variables of their leaves; members of the user's source stand in the place of their use.</summary>
public sealed class StructsTests
{
    private const string Types = """
        public struct V
        {
            public double X, Y;
            public V(double x, double y) { X = x; Y = y; }
            public readonly double Sum => X + Y;
            public double Early { readonly get { if (X > 0) return X; return Y; } set => X = value * 2; }
            public static V operator +(V a, V b) => new(a.X + b.X, a.Y + b.Y);
            public void Deconstruct(out double x, out double y) { x = Y; y = X; }
        }

        public record struct P(double A, V B);

        public struct G<T> where T : struct { public T X; public T Same => X; }

        """;

    [Theory]
    [InlineData(
        "double F(V v) => v.X * v.Y;",
        """
        double vX = v.X
        double vY = v.Y
        double #1 = vX * vY
        return #1
        """)]
    [InlineData(
        "double F(V v) => (v + v).X;",
        """
        double vX = v.X
        double vY = v.Y
        double #1 = vX + vX
        double #2 = vY + vY
        double #3 = default(double)
        double #4 = default(double)
        #3 = #1
        #4 = #2
        return #3
        """)]
    [InlineData(
        "double F(V v) => v.Sum;",
        """
        double vX = v.X
        double vY = v.Y
        double #1 = vX + vY
        return #1
        """)]
    [InlineData(
        "double F(V v) { v.Early = v.Y; return v.X; }",
        """
        double vX = v.X
        double vY = v.Y
        double value = vY
        vX = value * 2.0
        return vX
        """)]
    [InlineData(
        "double F(V v) { var (a, b) = v; return a; }",
        """
        double vX = v.X
        double vY = v.Y
        double a
        double b
        double x
        double y
        x = vY
        y = vX
        a = x
        b = y
        return a
        """)]
    [InlineData(
        "double F(G<double> g) => g.Same;",
        """
        double gX = g.X
        return gX
        """)]
    [InlineData(
        "double F(ReadOnlySpan<P> p, int i) => p[i].B.Y;",
        """
        double #1 = p[i].B.Y
        return #1
        """)]
    [InlineData(
        "void F(Span<V> v, int i) { ref V r = ref v[i]; i = 0; r.X = 1; }",
        """
        int #1 = i
        i = 0
        v[#1].X = 1.0
        """)]
    [InlineData(
        "P F(P p, double a) => p with { B = new V { X = a } };",
        """
        double pA = p.A
        double pBX = p.B.X
        double pBY = p.B.Y
        double resultA
        double resultBX
        double resultBY
        double #1 = pA
        double #2 = pBX
        double #3 = pBY
        double #4 = default(double)
        double #5 = default(double)
        #4 = a
        #2 = #4
        #3 = #5
        resultA = #1
        resultBX = #2
        resultBY = #3
        return pack(resultA, resultBX, resultBY)
        """)]
    public void Becomes(string method, string ir)
        => Assert.Equal(ir.ReplaceLineEndings("\n"), Source.BodyText(Types + "[Differentiable] static " + method));
}
