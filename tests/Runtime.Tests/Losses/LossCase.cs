using System.Text.Json;

namespace Backprop.Tests;

/// <summary>One case of the reference file: tensors by name, options, and room for the gradients.</summary>
internal sealed class LossCase
{
    private readonly Dictionary<string, LossTensor> tensors = [];
    private readonly JsonElement arguments;

    public LossCase(JsonElement source)
    {
        arguments = source.GetProperty("args");
        Loss = source.GetProperty("loss").GetString()!;
        foreach (string group in (string[])["inputs", "constants"])
            if (source.TryGetProperty(group, out JsonElement members))
                foreach (JsonProperty tensor in members.EnumerateObject())
                    tensors[tensor.Name] = LossTensor.Read(tensor.Value);
    }

    private LossCase(string loss, JsonElement arguments, double seed) => (Loss, this.arguments, Seed) = (loss, arguments, seed);

    public string Loss { get; }

    public double Seed { get; init; } = 1;

    public string ReductionName => arguments.GetProperty("reduction").GetString()!;

    public Reduction Reduction => ReductionName == "mean" ? Reduction.Mean : Reduction.Sum;

    /// <summary>The numbers of a tensor; none when the case has no such tensor.</summary>
    public double[] this[string name] => tensors.TryGetValue(name, out LossTensor? tensor) ? tensor.Data : [];

    public int[] Integers(string name) => [.. this[name].Select(static value => (int)value)];

    public double[] Gradient(string name) => tensors[name].Gradient;

    public int[] Shape(string name) => tensors[name].Shape;

    public double Number(string name, double otherwise = 0) => arguments.Number(name, otherwise);

    public bool Flag(string name) => arguments.Flag(name);

    /// <summary>Runs a loss on one element or row, and adds the gradients to this case's.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rows">Number of rows, or of elements where each has its own loss.</param>
    /// <param name="seed">The cotangent of the row's loss.</param>
    /// <param name="run">The loss.</param>
    /// <returns>The row's loss.</returns>
    public double Row(int row, int rows, double seed, Func<LossCase, double> run)
    {
        double value = 0;
        Cut(seed, (name, tensor) => LossRows.Indices(this, name, tensor, row, rows), part => value = run(part));
        return value;
    }

    private void Cut(double seed, Func<string, LossTensor, int[]> indices, Action<LossCase> run)
    {
        var part = new LossCase(Loss, arguments, seed);
        Dictionary<string, int[]> taken = [];
        foreach (var (name, tensor) in tensors)
        {
            taken[name] = indices(name, tensor);
            part.tensors[name] = new LossTensor([.. taken[name].Select(i => tensor.Data[i])], tensor.Shape);
        }

        run(part);
        foreach (var (name, tensor) in tensors)
            for (int i = 0; i < taken[name].Length; i++)
                tensor.Gradient[taken[name][i]] += part.Gradient(name)[i];
    }
}

/// <summary>A tensor of a case and its gradient.</summary>
internal sealed record LossTensor(double[] Data, int[] Shape)
{
    public double[] Gradient { get; } = new double[Data.Length];

    public static LossTensor Read(JsonElement source) => new(source.Numbers("data"), source.GetProperty("shape").Deserialize<int[]>()!);
}

/// <summary>Which numbers of a tensor belong to one row of a case.</summary>
internal static class LossRows
{
    public static int[] Indices(LossCase whole, string name, LossTensor tensor, int row, int rows)
    {
        int length = tensor.Data.Length;
        int[] shape = tensor.Shape;
        if (whole.Loss == "ctc")
            return OfSequence(whole, name, tensor, row);
        if (shape.Length == 3)
            return [.. Enumerable.Range(0, shape[1]).Select(c => ((row / shape[2] * shape[1]) + c) * shape[2] + (row % shape[2]))];
        string first = ((string[])["input", "input1", "anchor"]).First(input => whole[input].Length > 0);
        bool isElementwise = whole[first].Length == rows;
        if (isElementwise)
            return length == rows ? [row] : name == "var" ? [row / (rows / length)] : [row % length];
        bool isWhole = name == "weight" || length % rows != 0;
        return isWhole ? [.. Enumerable.Range(0, length)] : [.. Enumerable.Range(row * (length / rows), length / rows)];
    }

    private static int[] OfSequence(LossCase whole, string name, LossTensor tensor, int row)
    {
        int[] shape = tensor.Shape;
        if (name == "logits")
            return [.. Enumerable.Range(0, shape[0]).SelectMany(t => Enumerable.Range(((t * shape[1]) + row) * shape[2], shape[2]))];
        if (name != "targets")
            return [row];
        int start = shape.Length == 2 ? row * shape[1] : whole.Integers("target_lengths").Take(row).Sum();
        return [.. Enumerable.Range(start, shape.Length == 2 ? shape[1] : whole.Integers("target_lengths")[row])];
    }
}
