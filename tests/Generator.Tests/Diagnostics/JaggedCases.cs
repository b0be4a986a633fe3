namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>Local arrays of arrays whose rows are not all made once, where the array is made, or get away.</summary>
internal static class JaggedCases
{
    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        // Not all rows are made.
        Of("var r = [|new double[2][]|];", "var r = new int[2][];"),
        Of("double[][] d = [|new double[n][]|]; x = d[0][0]; for (int i = 0; i < n; i++) d[i] = new double[2];", $"double[][] d = new double[n][]; count = n; {Rows} x = d[0][0];"),
        Of("double[][] d = [|new double[n][]|]; for (int i = 0; i < n; i++) if (i > 0) d[i] = new double[2];", $"double[][] d = new double[n][]; {Rows} for (int i = 0; i < n; i++) if (i > 0) d[i][0] = x;"),
        Of("double[][] d = [|new double[n][]|]; if (n > 1) { for (int i = 0; i < n; i++) d[i] = new double[2]; }", $"if (n > 1) {{ double[][] d = new double[n][]; {Rows} }}"),
        Of("double[][] d = [|new double[2][]|]; d[0] = new double[2]; d[1] = new double[2];", "double[][] d = [new double[2], new double[2]]; d[0][1] = x;"),
        Of("double[][] d = [|new double[n][]|]; int i = 0; while (i < n) d[i++] = new double[2];", $"double[][] d = new double[n][]; {Rows} int k = 0; while (k < n) d[k++][0] = x;"),
        Of("double[][] d = [|new double[n][]|]; for (int i = 0; i < n; i++) { x += 1; d[i] = new double[2]; }", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; x += 1; }"),
        Of("double[][] d = new double[n][]; for (int i = 1; i < n; i++) [|d[i]|] = new double[2];", "double[][] d = new double[n][]; for (int i = 0; i < d.Length; ++i) { d[i] = new double[2]; }"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n - 1; i++) [|d[i]|] = new double[2];", "double[][] d = new double[n - 1][]; for (int i = 0; i < n - 1; i++) d[i] = new double[2];"),
        Of("double[][] d = new double[n][]; for (int i = 0; i <= n; i++) [|d[i]|] = new double[2];", "double[][] d = new double[n + 1][]; for (int i = 0; i <= n; i++) d[i] = new double[2];"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i += 2) [|d[i]|] = new double[2];", "double[][] d = new double[n][]; for (int i = 0; i < n; i += 1) d[i] = new double[2];"),
        Of("double[][] d = new double[n][]; n--; for (int i = 0; i < n; i++) [|d[i]|] = new double[2];", "n--; double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = new double[2]; n--;"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) { [|d[i]|] = new double[2]; if (x > 0) n--; }", "double[][] d = new double[n][]; int k = n; for (int i = 0; i < d.Length; i++) { d[i] = new double[2]; if (x > 0) k--; }"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) { [|d[i]|] = new double[2]; i++; }", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; for (int k = 0; k < n; k++) d[i][0] += k; }"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; if (i > 2) [|break;|] }", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; if (i > 2) continue; for (int k = 0; k < n; k++) break; }"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; if (i > 2) [|return d[0][0];|] }", "double[][] d = new double[n][]; if (n < 1) return x; for (int i = 0; i < n; i++) { d[i] = new double[2]; if (i > 2) throw new Exception(); }"),

        Of("int m = n; ref int r = ref m; double[][] d = new double[m][]; r--; for (int i = 0; i < m; i++) [|d[i]|] = new double[2];", "int m = n; ref int r = ref m; r--; double[][] d = new double[m][]; for (int i = 0; i < m; i++) d[i] = new double[2];"),
        Of("int m = n; void Less() => m--; double[][] d = new double[m][]; Less(); for (int i = 0; i < m; i++) [|d[i]|] = new double[2];", "int m = n; void Less() => m--; double[][] d = new double[m][]; Less(); for (int i = 0; i < d.Length; i++) d[i] = new double[2];"),

        // A row that is used before it is made.
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; d[i][0] = [|d[i + 1]|][0]; }", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; d[i][0] = i > 0 ? d[i - 1][0] : x; }"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) { d[i] = new double[2]; [|d[n - 1]|][0] = x; }", $"double[][] d = new double[n][]; {Rows} d[n - 1][0] = x;"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = new double[[|i == 0 ? 1 : d[i - 1].Length + 1|]];", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = new double[i + 1];"),
        Of("double[][] d = new double[n][]; double Get() => [|d|][0][0]; for (int i = 0; i < n; i++) { d[i] = new double[2]; x += Get(); }", $"double[][] d = new double[n][]; double Get() => d[0][0]; {Rows} x += Get();"),

        // Lengths that are not known before.
        Of("double[][] d = new double[n][]; int k = 0; for (int i = 0; i < n; i++) d[i] = new double[[|k++|]];", "double[][] d = new double[n][]; int k = 0; for (int i = 0; i < n; i++) d[i] = new double[k + i / 2]; k++;"),
        Of("double[][] d = new double[n][]; int k = 0; for (int i = 0; i < n; i++) { d[i] = new double[[|k|]]; k += i; }", "double[][] d = new double[n][]; int k = n; for (int i = 0; i < n; i++) { d[i] = new double[k]; d[i][0] = k; }"),
        Of("double[][] d = new double[n][]; int[] w = new int[n]; for (int i = 0; i < n; i++) { d[i] = new double[[|w[i]|]]; w[0] = 1; }", "double[][] d = new double[n][]; int[] w = new int[n]; for (int i = 0; i < n; i++) { d[i] = new double[w[i]]; d[i][0] = 1; }"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = new double[[|(int)Other(i)|]];", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = new double[Math.Min(i, s!.Length)];"),
        Of("double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = [x, [|.. a|]];", "double[][] d = new double[n][]; for (int i = 0; i < n; i++) d[i] = [x, a[0]];"),

        // Rows that are other arrays, or become others.
        Of($"double[][] d = new double[n][]; {Rows} [|d[0]|] = a;", $"double[][] d = new double[n][]; {Rows} a.CopyTo(d[0], 0);"),
        Of($"double[][] d = new double[n][]; {Rows} [|d[0]|] = d[1];", $"double[][] d = new double[n][]; {Rows} Array.Copy(d[1], d[0], 2);"),
        Of($"double[][] d = new double[n][]; {Rows} [|d[0]|] = new double[3];", $"double[][] d = new double[n][]; {Rows} Array.Clear(d[0]);"),
        Of($"double[][] d = new double[n][]; {Rows} [|d[0]|] = null!;", $"double[][] d = new double[n][]; {Rows}"),
        Of($"double[][] d = new double[n][]; {Rows} ([|d[0]|], [|d[1]|]) = ([|d[1]|], [|d[0]|]);", $"double[][] d = new double[n][]; {Rows} (d[0][0], d[1][0]) = (d[1][0], d[0][0]);"),
        Of("double[][] d = [[|a|], [x, 1]];", "double[][] d = [[a[0], a[1]], [x, 1]];"),
        Of("double[][] d = { new[] { x, 1 }, [|null|]! };", "double[][] d = { new[] { x, 1 }, new double[] { } };"),
        Of("double[][] d = [[x, 1], [|[.. a]|]];", "double[][] d = [[x, 1], []];"),

        // What gets away.
        Of($"double[][] d = new double[n][]; {Rows} [|d|] = new double[2][];", $"double[][] d = new double[n][]; {Rows} double[][] e = [[1]];"),
        Of($"double[][] d = new double[n][]; {Rows} var e = [|d|];", $"double[][] d = new double[n][]; {Rows} var e = d[0]; e[0] = x; x = e.Length;"),
        Of($"double[][] d = new double[n][]; {Rows} var e = [|d[0]|]; x = First(e);", $"double[][] d = new double[n][]; {Rows} var e = d[0]; Scale(ref x, e);"),
        Of($"double[][] d = new double[n][]; {Rows} x = First([|d[0]|]);", $"double[][] d = new double[n][]; {Rows} Scale(ref x, d[0]);"),
        Of($"double[][] d = new double[n][]; {Rows} foreach (double[] e in [|d|]) x = First(e);", $"double[][] d = new double[n][]; {Rows} foreach (double[] e in d) Scale(ref x, e);"),
        Of($"double[][] d = new double[n][]; {Rows} double[] e = a; e = [|d[0]|];", $"double[][] d = new double[n][]; {Rows} Span<double> e = d[0]; e = d[1]; x = e[0];"),
        Of($"double[][] d = new double[n][]; {Rows} Console.WriteLine([|d|]);", $"double[][] d = new double[n][]; {Rows} Console.WriteLine(d.Length + nameof(d));"),
        Of($"double[][] d = new double[n][]; {Rows} if ([|d[0]|] is null) x = 1;", $"double[][] d = new double[n][]; {Rows} if (d[0].Length == 0) x = 1;"),
        Of($"double[][] d = new double[n][]; {Rows} var e = [|d|][1..];", $"double[][] d = new double[n][]; {Rows} var e = d[^1][1..]; x = e[0];"),
        DiagnosticCase.Members("BPG104",
            "[Differentiable] static double[] F(double x, int n) { double[][] d = [[x], [1]]; return [|d[n]|]; }",
            "[Differentiable] static double[] F(double x, int n) { double[][] d = [[x], [1]]; return d[n].AsSpan().ToArray(); }"),
        DiagnosticCase.Members("BPG104",
            "[Differentiable] static double F(double x) { double[][] d = [[x], [1]]; return G([|d|]); } [Differentiable] static double G(double[][] d) => d[0][0];",
            "[Differentiable] static double F(double x) { double[][] d = [[x], [1]]; return G(d[0]); } [Differentiable] static double G(Span<double> d) => d[0];"),
        DiagnosticCase.Members("BPG104",
            "[Differentiable] static double F(double x, int n) { double[][][] d = [|new double[n][][]|]; return x; }",
            "[Differentiable] static double F(double x, int n) { float[][] d = [[(float)x]]; return d[0][0]; }"),
    ];

    private const string Rows = "for (int i = 0; i < n; i++) d[i] = new double[2];";

    private static DiagnosticCase Of(string fires, string twin) => DiagnosticCase.Body("BPG104", fires, twin);
}
