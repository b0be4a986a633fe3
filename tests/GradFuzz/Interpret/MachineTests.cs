using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

/// <summary>Derivatives of dual numbers against values worked out by hand. That the values are C#'s is compared with compiled code in every program.</summary>
public sealed class MachineTests
{
    private static readonly Variable x = new(1, "x", DataType.Double), n = new(2, "n", DataType.Int);

    [Fact]
    public void A_product_and_a_function()
        => Has(Math.Exp(0.5) * 0.5, Math.Exp(0.5) * 1.5, new Return(Times(new MathCall("Exp", [Read(x)], DataType.Double), Read(x))), 0.5);

    [Fact]
    public void A_stopped_factor() => Has(4, 2, new Return(Times(new Stop(Read(x)), Read(x))), 2);

    [Fact]
    public void An_assignment_that_comes_before_the_other_operand()
        => Has(9 * 9, 2 * 9 * 3, new Return(Times(new Assign(Read(x), null, Times(Read(x), new Literal(DataType.Double, 3))), Read(x))), 3);

    [Fact]
    public void A_loop_that_overwrites_its_variable()
        => Has(
            256,
            8 * 128,
            new For(n, new Literal(DataType.Int, 0), BinaryOp.Less, new Literal(DataType.Int, 3), 1, new Block(new Evaluate(new Assign(Read(x), BinaryOp.Multiply, Read(x))))),
            2);

    [Fact]
    public void The_last_element_of_rows_of_different_lengths()
    {
        MemoryType row = new(Shape.Array, DataType.Double);
        Variable rows = new(3, "rows", new MemoryType(Shape.Jagged, DataType.Double)) { Extents = [2, 1] }, item = new(4, "item", row) { Extents = [1] };
        Block body = new(
            new Declare(rows, new Allocate((MemoryType)rows.Type, [2, 1])),
            Put(rows, [0, 1], Read(x)),
            Put(rows, [1, 0], Times(Read(x), Read(x))),
            new ForEach(item, Read(rows), false, new Block(new Evaluate(new Assign(Read(x), BinaryOp.Add, new Element(Read(item), [new FromEnd(1)]))))));
        Has(3 + 3 + 9, 1 + 1 + 6, body, 3);
    }

    [Fact]
    public void A_receiver_is_read_after_the_index()
    {
        CompositeType pair = new("Pair", Composition.Struct, [new("X", DataType.Double), new("Count", DataType.Int)]);
        Variable p = new(3, "p", pair), self = new(4, "this", pair), index = new(5, "i", DataType.Int);
        Member count = new(Read(p), "Count", DataType.Int), scale = new(Read(self), "X", DataType.Double);
        Expr product = Times(scale, new Cast(DataType.Double, new Binary(BinaryOp.Multiply, new Member(Read(self), "Count", DataType.Int), Read(index))));
        Method get = new("Pair.Get", [new Parameter(self, Passing.In, false), new Parameter(index, Passing.Value, false)], DataType.Double, new Block(new Return(product))) { Owner = pair, Style = CallStyle.Accessor };
        Block body = new(
            new Declare(p, new New(pair, [Read(x), new Literal(DataType.Int, 2)])),
            new Evaluate(new Assign(Read(x), null, new Item(Read(p), new Stepped(Step.PreIncrement, count), DataType.Double))));
        Has(5 * 3 * 3, 3 * 3, body, 5, get);
    }

    private static Evaluate Put(Variable memory, int[] indices, Expr value)
        => new(new Assign(new Element(Read(memory), [.. indices.Select(static index => new Literal(DataType.Int, index))]), null, value));

    private static Local Read(Variable variable) => new(variable);

    private static Binary Times(Expr left, Expr right) => new(BinaryOp.Multiply, left, right);

    /// <summary>The value and the derivative of a method of x that ends with a statement and returns x.</summary>
    private static void Has(double value, double slope, Stmt statement, double at, params Method[] others)
    {
        Method method = new("F", [new Parameter(x, Passing.Value, false)], DataType.Double, new Block(statement, new Return(Read(x))));
        Evaluation evaluation = Evaluation.Of(new FuzzProgram(0, method, others, [], new HashSet<string>()), new Input([at]));
        Assert.Equal(value, evaluation.Outputs[0].Number, 1e-12);
        Assert.Equal(slope, evaluation.Outputs[0].Slopes![0], 1e-12);
    }
}
