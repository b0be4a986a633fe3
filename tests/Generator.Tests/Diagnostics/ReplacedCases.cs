namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>Members of objects that are given other memory than they stand for.</summary>
internal static class ReplacedCases
{
    private const string Models = "[Differentiable] sealed partial class Part { public double A; } [Differentiable] sealed partial class Net { public double A; public double[] W = [1], V = [2]; public int[] Index = [0]; [NoGradient] public double[] Mean = [1]; public Part P = new(), Q = new(); public double[] Auto { get; set; } = [1]; } ";

    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        Replaced("[|m.W|] = x;", "x.CopyTo(m.W, 0);"),
        Replaced("[|m.W|] = [x[0]];", "m.W[0] = x[0];"),
        Replaced("[|m.W|] = m.V;", "double[] w = m.V; m.W[0] = w[0];"),
        Replaced("[|m.Auto|] = x;", "m.Auto[0] = x[0];"),
        Replaced("[|m.Mean|] = [2];", "m.Mean[0] = 2;"),
        Replaced("[|m.Index|] = k;", "m.Index[0] = k[0];"),
        Replaced("[|m.P|] = m.Q;", "m.P.A = m.Q.A;"),
        Replaced("[|m.W|] = null!;", "m.W[0] = 0;"),
        Replaced("Net n = m; [|n.W|] = x;", "Net n = m; n.W[0] = x[0];"),
        Replaced("void L() { [|m.W|] = x; } L();", "void L() { m.W[0] = x[0]; } L();"),
        Replaced("Give(ref [|m.Index|], x[0]);", "Give(ref k, x[0]);"),
        Replaced("([|m.W|], m.A) = (m.V, 1);", "(m.W[0], m.A) = (m.V[0], 1);"),
    ];

    private static DiagnosticCase Replaced(string fires, string twin) => DiagnosticCase.Members("BPG105", Caller(fires), Caller(twin));

    private static string Caller(string statements) => $"{Models}[Differentiable] static double Give(ref int[] a, double y) {{ a = [1]; return y; }} [Differentiable] static double F(Net m, double[] x, int[] k) {{ {statements} return m.A * x[0]; }}";
}
