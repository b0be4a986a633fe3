using System.Text.Json;

namespace Backprop.Tests;

/// <summary>The four problems of optimizers.json, with gradients by hand.</summary>
internal sealed class ReferenceProblem(string name, JsonElement description)
{
    private readonly JsonElement data = description.GetProperty("data");

    public Tensors<double> Start()
    {
        var model = new Tensors<double>();
        foreach (JsonProperty parameter in description.GetProperty("params").EnumerateObject())
            model.Add(parameter.Name, Numbers<int>(parameter.Value.GetProperty("shape")), Numbers<double>(parameter.Value.GetProperty("data")));
        return model;
    }

    /// <summary>The loss at the model; adds its gradient. The batch matters to the embedding only.</summary>
    public double Loss(Tensors<double> model, Tensors<double> gradient, int step) => name switch
    {
        "P1" => Rosenbrock(model["x"], gradient["x"]),
        "P2" => Logistic(model["w"], model["b"], gradient["w"], gradient["b"]),
        "P3" => Network(model["W"], model["v"], gradient["W"], gradient["v"]),
        _ => Embedding(model["table"], gradient["table"], step),
    };

    private static double Rosenbrock(double[] x, double[] dx)
    {
        double a = 1 - x[0], b = x[1] - x[0] * x[0];
        dx[0] += -2 * a - 400 * x[0] * b;
        dx[1] += 200 * b;
        return a * a + 100 * b * b;
    }

    private double Logistic(double[] w, double[] b, double[] dw, double[] db)
    {
        double[] features = Tensor("features"), y = Tensor("y");
        double loss = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double z = b[0];
            for (int j = 0; j < w.Length; j++) z += features[i * w.Length + j] * w[j];
            loss += (z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z))) - y[i] * z;
            double dz = (1 / (1 + Math.Exp(-z)) - y[i]) / y.Length;
            for (int j = 0; j < w.Length; j++) dw[j] += dz * features[i * w.Length + j];
            db[0] += dz;
        }
        return loss / y.Length;
    }

    private double Network(double[] w, double[] v, double[] dw, double[] dv)
    {
        double[] x = Tensor("x"), y = Tensor("y");
        const int Inputs = 2, Hidden = 3;
        double loss = 0;
        var h = new double[Hidden];
        for (int i = 0; i < y.Length; i++)
        {
            double output = 0;
            for (int k = 0; k < Hidden; k++)
            {
                h[k] = Math.Tanh(x[i * Inputs] * w[k] + x[i * Inputs + 1] * w[Hidden + k]);
                output += h[k] * v[k];
            }
            double error = output - y[i], slope = 2 * error / y.Length;
            loss += error * error;
            for (int k = 0; k < Hidden; k++)
            {
                dv[k] += slope * h[k];
                double da = slope * v[k] * (1 - h[k] * h[k]);
                dw[k] += da * x[i * Inputs];
                dw[Hidden + k] += da * x[i * Inputs + 1];
            }
        }
        return loss / y.Length;
    }

    private double Embedding(double[] table, double[] dTable, int step)
    {
        double[] target = Tensor("target");
        JsonElement batches = data.GetProperty("batches");
        int[] rows = Numbers<int>(batches[(step - 1) % batches.GetArrayLength()]);
        double loss = 0;
        for (int i = 0; i < target.Length; i++)
        {
            int at = rows[i / 2] * 2 + i % 2;
            double error = table[at] - target[i];
            loss += error * error / target.Length;
            dTable[at] += 2 * error / target.Length;
        }
        return loss;
    }

    private double[] Tensor(string key) => Numbers<double>(data.GetProperty(key).GetProperty("data"));

    private static TNumber[] Numbers<TNumber>(JsonElement list) => list.Deserialize<TNumber[]>()!;
}
