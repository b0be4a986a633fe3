using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Sharing;

namespace Backprop.Fuzz.Interpret;

/// <summary>What a program computes at an input.</summary>
/// <param name="Outputs">The numbers of the result, then those that the method leaves in each parameter.</param>
public sealed record Evaluation(Dual[] Outputs, long Path, double Margin)
{
    public double[] Numbers => [.. Outputs.Select(output => output.Number)];

    /// <param name="shared">What two of its arguments have in common; their numbers are the same.</param>
    public static Evaluation Of(FuzzProgram program, Input input, Shared? shared = null)
    {
        Trace trace = new();
        int at = 0;
        int[]? sources = shared?.Sources(program);
        Value[] arguments = [.. program.Main.Parameters.Select(parameter => Build(parameter.Variable.Type, parameter.Variable.Extents, Next))];
        shared?.Apply(program.Main, arguments);
        Value[] left = [.. arguments];
        Value? result = new Machine(program, trace).Run(program.Main, left);
        List<Dual> outputs = [];
        Flatten(result, outputs);
        for (int i = 0; i < arguments.Length; i++)
        {
            // What is passed by value is the caller's own, whatever the method does with its copy.
            Flatten(program.Main.Parameters[i].Passing is Passing.Ref or Passing.Out ? left[i] : arguments[i], outputs);
        }

        return new Evaluation([.. outputs], trace.Path, trace.BranchMargin);

        Value Next()
        {
            int source = sources?[at++] ?? at++;
            (Parameter parameter, Leaf leaf) = program.Inputs[source];
            return input.ValueAt(source, parameter, leaf);
        }
    }

    /// <summary>A value of a type from numbers in the order of <see cref="Layout"/>.</summary>
    private static Value Build(DataType type, int[] extents, Func<Value> next, int number = 0)
    {
        switch (type)
        {
            case NumberType: return next();
            case MemoryType { Shape: Shape.Jagged } jagged:
                return new Cells([], 0, 0, extents) { Rows = [.. extents.Select(length => (Cells)Build(jagged with { Shape = Shape.Array }, [length], next))] };
            case MemoryType memory:
                int count = extents.Aggregate(1, (product, extent) => product * extent);
                return new Cells([.. Enumerable.Range(0, count).Select(i => Build(memory.Element, [], next, i))], 0, count, extents);
            case CompositeType composite:
                CompositeType made = composite.Made(number);
                return new Composite(made.Fields.ToDictionary(field => field.Name, field => Build(field.Type, field.Extents, next))) { Class = made };
            default: throw new NotSupportedException(type.ToString());
        }
    }

    private static void Flatten(Value? value, List<Dual> into)
    {
        switch (value)
        {
            case null: break;
            case Dual dual: into.Add(dual); break;
            case Whole whole: into.Add(new Dual(whole.Number)); break;
            case Truth truth: into.Add(new Dual(truth.Holds ? 1 : 0)); break;
            case Cells { Rows: { } rows }: Array.ForEach(rows, row => Flatten(row, into)); break;
            case Cells cells:
                for (int i = 0; i < cells.Count; i++)
                {
                    Flatten(cells[i], into);
                }

                break;
            case Composite composite:
                foreach (Value field in composite.Fields.Values)
                {
                    Flatten(field, into);
                }

                break;
        }
    }
}
