using Backprop;
using ScottPlot;
using Color = ScottPlot.Color;

namespace CurveFit;

/// <summary>Draws measurements and fit, and the residuals below them.</summary>
public static class Picture
{
    private static readonly Color Ink = Color.FromHex("#1f4e79"), Dots = Color.FromHex("#7f7f7f"), Dashes = Color.FromHex("#c55a11");

    /// <summary>Writes the picture as PNG.</summary>
    public static void Save(string path, Measurements data, LeastSquaresResult fit)
    {
        const int Width = 900, Height = 640;
        var picture = new Multiplot();
        picture.AddPlots(2);
        Curve(picture.GetPlot(0), data, fit);
        Residuals(picture.GetPlot(1), data, fit);
        picture.CollapseVertically();
        picture.SavePng(path, Width, Height);
    }

    private static void Curve(Plot plot, Measurements data, LeastSquaresResult fit)
    {
        Scatter(plot, data.Times, data.Values).LegendText = "measured";
        double[] times = [.. Enumerable.Range(0, 501).Select(i => i / 50.0)];
        double[] width = new double[times.Length], curve = new double[times.Length];
        Span<double> row = stackalloc double[fit.Parameters.Length];
        for (int i = 0; i < times.Length; i++)
        {
            row.Clear();
            curve[i] = Oscillation.ValueWithRow(fit.Parameters, times[i], row);
            width[i] = 2 * Math.Sqrt(Variance(row, fit.Covariance!));
        }

        var band = plot.Add.FillY(times, [.. curve.Zip(width, (c, w) => c - w)], [.. curve.Zip(width, (c, w) => c + w)]);
        band.FillColor = Ink.WithAlpha(0.25);
        band.LineWidth = 0;
        band.LegendText = "two standard errors";
        var line = plot.Add.ScatterLine(times, curve);
        (line.Color, line.LineWidth, line.LegendText) = (Ink, 2, "fitted");
        double[] truth = [.. times.Select(t => Oscillation.Value(
            Measurements.Truth[0], Measurements.Truth[1], Measurements.Truth[2], Measurements.Truth[3], Measurements.Truth[4], t))];
        var dashed = plot.Add.ScatterLine(times, truth);
        (dashed.Color, dashed.LineWidth, dashed.LinePattern, dashed.LegendText) = (Dashes, 2, LinePattern.Dashed, "true");
        plot.YLabel("y");
        plot.Axes.SetLimits(-0.2, 10.2, -1.45, 2.55);
        plot.ShowLegend(Alignment.UpperRight);
    }

    private static void Residuals(Plot plot, Measurements data, LeastSquaresResult fit)
    {
        Scatter(plot, data.Times, [.. fit.Residuals.Select(r => -r)]);
        plot.Add.HorizontalLine(0, 1, Ink);
        plot.YLabel("measured − fitted");
        plot.XLabel("time / s");
        plot.Axes.SetLimits(-0.2, 10.2, -0.55, 0.55);
    }

    private static ScottPlot.Plottables.Scatter Scatter(Plot plot, double[] x, double[] y)
    {
        var points = plot.Add.ScatterPoints(x, y);
        (points.Color, points.MarkerSize) = (Dots, 5);
        return points;
    }

    // Of a linear combination of the parameters: gᵀ·covariance·g.
    private static double Variance(ReadOnlySpan<double> row, double[,] covariance)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[i] * covariance[i, j] * row[j];
            }
        }

        return sum;
    }
}
