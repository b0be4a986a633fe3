namespace Backprop.Integration.Contract;

/// <summary>Section 3 of docs/emitted-members.md: the gradient of a model is a model.</summary>
public static partial class ModelContractTests
{
    [Differentiable]
    public sealed partial class Layer
    {
        public float[] W = [1, 2];
    }

    [Differentiable]
    public sealed partial class Mlp
    {
        public const int Hidden = 4, Inputs = 2;
        public float[] W1 = new float[Hidden * Inputs];
        public float[] B1 = new float[Hidden];
        public Layer[] Layers = [new(), new()];
        public Dictionary<string, Layer> Heads = new() { ["b"] = new(), ["a"] = new() };
        [NoGradient] public float[] Mean = [3];
        public int Depth = 7;

        [Differentiable]
        public float Loss([NoGradient] ReadOnlySpan<float> x, int label) => W1[0] * x[0] + Layers[1].W[0] * x[1] * Mean[0] + label * B1[1] * B1[1];
    }

    [Fact]
    public static void The_example_of_the_contract()
    {
        Mlp model = new();
        model.B1[1] = 2;
        Mlp gradient = model.ZerosLike();
        float loss = model.LossBackward([5, 6], 3, gradient);
        Assert.Equal(model.Loss([5, 6], 3), loss);
        Assert.Equal(5, gradient.W1[0]);
        Assert.Equal(18, gradient.Layers[1].W[0]);
        Assert.Equal(12, gradient.B1[1]);
        model.LossBackward([5, 6], 3, gradient, 2);
        Assert.Equal(15, gradient.W1[0]);
        Assert.Equal(5, model.LossGradient([5, 6], 3).Gradient.W1[0]);
    }

    [Fact]
    public static void Leaves_come_in_the_order_of_their_declaration_with_path_and_shape()
    {
        IReadOnlyList<LeafInfo> leaves = new Mlp().DescribeLeaves();
        Assert.Equal(["W1", "B1", "Layers[0].W", "Layers[1].W", "Heads[\"a\"].W", "Heads[\"b\"].W"], leaves.Select(static l => l.Path));
        Assert.Equal([8, 4, 2, 2, 2, 2], leaves.Select(static l => l.Length));
        Assert.All(leaves, static leaf => Assert.Equal(typeof(float), leaf.ElementType));
        Assert.Equal([8], leaves[0].Shape);
    }

    [Fact]
    public static void A_model_is_copied_cleared_and_added()
    {
        Mlp model = new(), copy = model.Clone(), zeros = model.ZerosLike();
        Assert.IsAssignableFrom<IDifferentiable<Mlp>>(model);
        Assert.NotSame(model.Layers[0], copy.Layers[0]);
        Assert.Equal([1, 2], copy.Layers[0].W);
        Assert.Equal([0, 0], zeros.Layers[0].W);
        Assert.Equal([3], zeros.Mean);
        Assert.Equal(7, zeros.Depth);
        copy.AddScaled(model, -0.5);
        Assert.Equal([0.5f, 1], copy.Layers[0].W);
        copy.Clear();
        Assert.Equal([0, 0], copy.Heads["a"].W);
        Assert.Equal([1, 2], model.Layers[0].W);
    }

    [Fact]
    public static void A_gradient_of_another_shape_is_named_before_any_work()
    {
        Mlp model = new(), gradient = model.ZerosLike();
        gradient.Layers[1].W = new float[3];
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => model.LossBackward([5, 6], 3, gradient));
        Assert.Contains("Layers[1].W", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, gradient.W1[0]);
    }

    [Differentiable]
    public partial record struct Point(double X, double Y);

    [Differentiable]
    private static double Area(Point p, Mlp model) => p.X * p.Y * model.W1[0];

    [Fact]
    public static void The_gradient_of_a_struct_is_passed_by_reference()
    {
        Mlp model = new(), dModel = model.ZerosLike();
        model.W1[0] = 2;
        Point dp = default;
        Assert.Equal(30, AreaBackward(new Point(3, 5), model, ref dp, dModel));
        Assert.Equal(new Point(10, 6), dp);
        Assert.Equal(15, dModel.W1[0]);
        Assert.Equal(dp, AreaGradient(new Point(3, 5), model).Gradient.p);
    }
}
