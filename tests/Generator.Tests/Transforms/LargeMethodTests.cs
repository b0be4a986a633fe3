using System.Diagnostics;
using Backprop.Generator.Emit;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;

namespace Backprop.Generator.Tests.Transforms;

/// <summary>Cost grows about as fast as the method: ten thousand statements must not be felt while typing.</summary>
public class LargeMethodTests
{
    private const int Statements = 10_000;

    // Well under a second on an idle machine; enough here to tell a cost that grows with the square from a busy machine.
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    private readonly Building b = new();

    private void Check()
    {
        Function function = b.Function();
        var watch = Stopwatch.StartNew();
        string text = Printer.Print(Printable.Of(new Unit(Building.Nowhere, "", EquatableArray.Of(function))));
        Assert.True(watch.Elapsed < limit, $"{watch.Elapsed} for {text.Length} characters");
    }

    [Fact]
    public void A_variable_assigned_ten_thousand_times()
    {
        Variable x = b.Double("x");
        Read y = b.Declare("y", x.Read());
        for (int i = 0; i < Statements; i++)
        {
            y = b.Declare(b.VersionOf(y.Variable), b.Temp(y * x.Read()) + 1);
        }

        b.Return(y);
        Check();
    }

    [Fact]
    public void Ten_thousand_values_that_all_live_to_the_end()
    {
        Variable x = b.Double("x");
        List<Read> values = [x.Read()];
        for (int i = 0; i < Statements; i++)
        {
            values.Add(b.Declare(b.New("y", IrType.Double), values[^1] * x.Read()));
        }

        Expr sum = values[0];
        foreach (Read value in values)
        {
            sum = b.Temp(sum + value);
        }

        b.Return(sum);
        Check();
    }

    [Fact]
    public void Thousands_of_branches_and_loops()
    {
        Variable x = b.Double("x"), n = b.Int("n");
        Read y = b.Declare("y", x.Read());
        for (int i = 0; i < Statements / 5; i++)
        {
            Variable then = b.VersionOf(y.Variable), after = b.VersionOf(y.Variable), inside = b.VersionOf(y.Variable), next = b.VersionOf(y.Variable), result = b.VersionOf(y.Variable);
            Read before = y;
            b.If(b.Temp(before < x.Read()), () => b.Declare(then, -before), () => { }, new Join(after, then.Read(), before));
            b.For(b.New("i", IrType.Int32), Numbers.Int(0), n.Read(), () =>
            {
                Read error = b.Declare("error", inside.Read() - x.Read());
                b.Declare(next, error * error);
            }, new Carried(inside, after.Read(), next.Read(), result));
            y = result.Read();
        }

        b.Return(y);
        Check();
    }
}
