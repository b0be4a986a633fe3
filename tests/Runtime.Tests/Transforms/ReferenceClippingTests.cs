using System.Text.Json;

namespace Backprop.Tests;

/// <summary>Every case of clipping.json.</summary>
public sealed class ReferenceClippingTests
{
    private const double Tolerance = 1e-13;
    private static readonly JsonElement Reference = ReferenceData.Read("clipping.json");

    public static TheoryData<string> Cases =>
        [.. Reference.GetProperty("cases").EnumerateArray().Select(static testCase => testCase.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Clips_as_the_reference_does(string id)
    {
        JsonElement testCase = Reference.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
        Tensors<double> gradient = Read(testCase.GetProperty("gradients")), expected = Read(testCase.GetProperty("clipped"));
        if (testCase.GetProperty("function").GetString() == "clip_grad_value")
            new ClipByValue(testCase.GetProperty("clip_value").GetDouble()).Apply(gradient.ZerosLike(), gradient);
        else
        {
            JsonElement order = testCase.GetProperty("norm_type");
            var clip = new ClipByGlobalNorm(testCase.GetProperty("max_norm").GetDouble())
            {
                Order = order.ValueKind == JsonValueKind.String ? double.PositiveInfinity : order.GetDouble(),
            };
            clip.Apply(gradient.ZerosLike(), gradient);
            double total = testCase.GetProperty("total_norm").GetDouble();
            Assert.Equal(total, clip.Norm, Tolerance * (1 + total));
        }
        for (int i = 0; i < expected.All.Length; i++) Assert.Equal(expected.All[i], gradient.All[i], Tolerance * (1 + Math.Abs(expected.All[i])));
    }

    private static Tensors<double> Read(JsonElement tensors)
    {
        var model = new Tensors<double>();
        foreach (JsonElement tensor in tensors.EnumerateArray())
            model.Add($"t{model.All.Length}", tensor.GetProperty("shape").Deserialize<int[]>()!, tensor.Numbers("data"));
        return model;
    }
}
