using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Transforms;

public class PrintableTests
{
    private readonly Building b = new();

    private static Element At(Variable memory, Expr index) => new(new Read(memory), EquatableArray.Of(index));

    [Fact]
    public void A_loop_with_a_sum_prints_as_the_user_wrote_it()
    {
        Variable slope = b.Double("slope"), intercept = b.Double("intercept");
        Variable x = b.Parameter("x", Building.View), y = b.Parameter("y", Building.View);
        Variable sum = b.New("sum", IrType.Double);
        Read zero = b.Declare(sum, IrType.Double.Number(0));
        Variable inLoop = b.VersionOf(sum), after = b.VersionOf(sum), next = b.VersionOf(sum);
        Variable i = b.New("i", IrType.Int32);
        Read length = b.Temp(new Length(x.Read()));
        b.For(i, Numbers.Int(0), length, () =>
        {
            b.Add(new Note("double error = slope * x[i] + intercept - y[i];"));
            Read xi = b.Temp(At(x, i.Read()));
            Read product = b.Temp(slope.Read() * xi);
            Read plus = b.Temp(product + intercept.Read());
            Read yi = b.Temp(At(y, i.Read()));
            Read error = b.Declare("error", plus - yi);
            b.Add(new Note("sum += error * error;"));
            Read square = b.Temp(error * error);
            b.Declare(next, inLoop.Read() + square);
        }, new Carried(inLoop, zero, next.Read(), after));
        Read n = b.Temp(new Length(x.Read()));
        Read count = b.Temp(new Backprop.Generator.IR.Convert(n, IrType.Double));
        b.Return(b.Temp(after.Read() / count));

        Assert.Equal(
            """
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double error = slope * x[i] + intercept - y[i];
                sum += error * error;
            }
            return sum / x.Length;
            """, b.Print());
    }
}
