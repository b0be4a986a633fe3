using System.Text.Json;

namespace Backprop.Tests;

/// <summary>Every trajectory of optimizers.json, checkpoint by checkpoint, within the tolerance stated there.</summary>
public sealed class ReferenceTrajectoryTests
{
    private static readonly JsonElement Reference = ReferenceData.Read("optimizers.json");

    public static TheoryData<string> Cases => [.. Reference.GetProperty("cases").EnumerateArray()
        .Where(static testCase => !testCase.Flag("legacy"))
        .Select(static testCase => testCase.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_the_reference(string id)
    {
        JsonElement testCase = Reference.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
        string problemName = testCase.GetProperty("problem").GetString()!;
        var problem = new ReferenceProblem(problemName, Reference.GetProperty("problems").GetProperty(problemName));
        Tensors<double> model = problem.Start(), gradient = model.ZerosLike();
        Action<int> advance;
        Optimizer? optimizer = null;
        Lbfgs? lbfgs = null;
        if (testCase.GetProperty("optimizer").GetString() == "LBFGS")
        {
            lbfgs = ReferenceOptimizers.CreateLbfgs(testCase);
            advance = step => lbfgs.Step(model, gradient, () => problem.Loss(model, gradient, step));
        }
        else
        {
            optimizer = ReferenceOptimizers.Create(testCase);
            advance = step =>
            {
                gradient.Clear();
                problem.Loss(model, gradient, step);
                optimizer.Step(model, gradient);
            };
        }

        int done = 0;
        foreach (JsonElement checkpoint in testCase.GetProperty("steps").EnumerateArray())
        {
            while (done < checkpoint.GetProperty("step").GetInt32()) advance(++done);
            CheckModel(checkpoint.GetProperty("params"), model, checkpoint.GetProperty("tol_params").GetDouble(), $"{id} after {done}");
            double loss = problem.Loss(model, model.ZerosLike(), done);
            Assert.Equal(checkpoint.GetProperty("loss").GetDouble(), loss, checkpoint.GetProperty("tol_loss").GetDouble());
            if (checkpoint.TryGetProperty("averaged", out JsonElement averaged))
            {
                Tensors<double> average = model.ZerosLike();
                ((Asgd)optimizer!).CopyAverageTo(average);
                CheckModel(averaged, average, checkpoint.GetProperty("tol_params").GetDouble(), $"{id} average after {done}");
            }
            if (lbfgs is not null && checkpoint.TryGetProperty("iterations", out JsonElement iterations))
                Assert.Equal((iterations.GetInt64(), checkpoint.GetProperty("evaluations").GetInt64()), (lbfgs.Iterations, lbfgs.Evaluations));
        }
    }

    private static void CheckModel(JsonElement expected, Tensors<double> model, double tolerance, string what)
    {
        foreach (JsonProperty parameter in expected.EnumerateObject())
        {
            double[] numbers = parameter.Value.Deserialize<double[]>()!, actual = model[parameter.Name];
            for (int i = 0; i < numbers.Length; i++)
                Assert.True(
                    Math.Abs(numbers[i] - actual[i]) <= tolerance,
                    $"{what}: {parameter.Name}[{i}] is {actual[i]:R}, expected {numbers[i]:R}, off by {actual[i] - numbers[i]:E2}, tolerance {tolerance:E2}");
        }
    }
}
