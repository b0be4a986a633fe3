namespace Backprop.Integration.Models;

/// <summary>Generated models with generated losses, and what the runtime library does with models.</summary>
public static partial class ModelTraining
{
    [Differentiable]
    public sealed partial class Perceptron
    {
        public double[,] W = new double[3, 2];
        public double[] Bias = new double[3];
        private readonly double[] output = [0.5, -0.4, 0.3];

        public double Scale { get; set; } = 1;

        [NoGradient]
        public double[] Mean = [0.1, 0.2];

        [Differentiable]
        public double Loss(double target)
        {
            double sum = 0;
            for (int h = 0; h < 3; h++)
            {
                double z = Bias[h];
                for (int i = 0; i < 2; i++)
                {
                    z += W[h, i] * Mean[i];
                }

                sum += output[h] * Math.Tanh(z);
            }

            double error = Scale * sum - target;
            return error * error;
        }

        public static Perceptron Create()
        {
            var model = new Perceptron();
            for (int i = 0; i < 6; i++)
            {
                model.W[i / 2, i % 2] = Math.Cos(i + 1);
            }

            model.Bias[1] = 0.7;
            return model;
        }
    }

    [Fact]
    public static void The_gradient_of_a_model_is_that_of_differences()
    {
        double dTarget = 0;
        GradientReport report = GradientCheck.Run(
            (m, target) => m.Loss(target),
            (m, target, ref dm, ref dt) => m.LossBackward(target, dm, ref dt),
            at: (Perceptron.Create(), 0.25));
        Assert.InRange(report.Error, 0, 1e-8);
        Perceptron model = Perceptron.Create(), gradient = model.ZerosLike();
        Assert.Equal(model.Loss(0.25), model.LossBackward(0.25, gradient, ref dTarget));
        Assert.Equal(["W", "Bias", "output", "Scale"], gradient.DescribeLeaves().Select(static l => l.Path));
        Assert.DoesNotContain(0, ModelText.Numbers(gradient));
        Assert.Equal([0.1, 0.2], gradient.Mean);
    }

    [Fact]
    public static void An_optimizer_trains_a_generated_model()
    {
        Perceptron model = Perceptron.Create();
        Perceptron gradient = model.ZerosLike();
        var optimizer = new Sgd { LearningRate = 0.1 };
        double first = model.Loss(2), target = 0;
        double[] before = ModelText.Numbers(model);
        model.LossBackward(2, gradient, ref target);
        double[] slopes = ModelText.Numbers(gradient);
        optimizer.Step(model, gradient);
        Assert.Equal(before.Zip(slopes, static (w, g) => w - (0.1 * g)), ModelText.Numbers(model), static (a, b) => Math.Abs(a - b) < 1e-15);
        for (int i = 0; i < 200; i++)
        {
            gradient.Clear();
            model.LossBackward(2, gradient, ref target);
            optimizer.Step(model, gradient);
        }

        Assert.InRange(model.Loss(2), 0, 1e-6 * first);
    }

    [Fact]
    public static void A_checkpoint_gives_every_leaf_back()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Section("plain").AddLeaves(new PlainModel());
        checkpoint.Section("network").AddLeaves(new Network());
        checkpoint.Section("structs").AddLeaves(new Structs());
        checkpoint.Section("stack").AddLeaves(new Stack());
        string path = Path.GetTempFileName();
        Safetensors.Write(path, checkpoint);
        Checkpoint read = Safetensors.Read(path);
        File.Delete(path);
        Restored(new PlainModel(), read.Section("plain"));
        Restored(new Network(), read.Section("network"));
        Restored(new Structs(), read.Section("structs"));
        Restored(new Stack(), read.Section("stack"));

        static void Restored<TModel>(TModel model, CheckpointSection section)
            where TModel : class, IDifferentiable<TModel>
        {
            string[] expected = ModelText.Of(model);
            model.Clear();
            Assert.NotEqual(expected, ModelText.Of(model));
            section.CopyLeavesTo(model);
            Assert.Equal(expected, ModelText.Of(model));
        }
    }
}
