using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>After the first call the backward pass takes nothing from the heap.</summary>
internal static class Allocation
{
    public static string? NoneAfterTheFirst(Specimen specimen)
    {
        if (specimen.Program.Main.Result is MemoryType || specimen.Program.Others.Any(MakesObjects) || HandsOnArrays(specimen.Program) || CopiesArrays(specimen.Program) || specimen.Program.Others.Any(TakesWholes) || ChangesArrays(specimen.Program.Main) || LeavesOnTheHeap(specimen.Program.Main))
        {
            // The array that is handed out is the primal's own; so is what a method makes that is called with nothing to differentiate, as the primal calls it:
            // arrays, and the delegates and closures of lambdas; and so is an array that it makes for a method that takes no less than an array,
            // and the copy that a pullback makes of its span for one that is run again; and the copy of an object or table that a later call writes; and so are arrays for which one
            // variable stands in turn, and integers in three dimensions or of which a Memory<T> is made.
            return null;
        }

        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, _) in specimen.Points)
        {
            _ = specimen.Observe(run, input);
            run.Load(input.Numbers);
            run.Seed(specimen.Sample.Weights);
            long before = GC.GetAllocatedBytesForCurrentThread();
            run.Backward();
            if (GC.GetAllocatedBytesForCurrentThread() - before is > 0 and long bytes)
            {
                return $"{bytes} bytes at {Values.Show(input.Numbers)}";
            }
        }

        return null;
    }

    /// <summary>Whether a method that takes an array, and no span, is given one that the checked method did not get itself.</summary>
    private static bool HandsOnArrays(FuzzProgram program) => program.Main.Body.Deep().OfType<Call>().Any(call => program.Others.FirstOrDefault(method => method.Name == call.Method) is { } callee
        && callee.Parameters.Zip(call.Arguments).Any(pair => pair.First.Variable.Type is MemoryType { Shape: Shape.Array or Shape.Jagged or Shape.Grid or Shape.Cube }
            && !(pair.Second is Local given && program.Main.Parameters.Any(parameter => parameter.Variable == given.Variable))));

    private static bool CopiesArrays(FuzzProgram program) => program.Others.Append(program.Main).SelectMany(method => method.Body.Deep()).OfType<Call>()
        .Any(call => program.Others.Any(method => method.Name == call.Method && method.IsRecomputed && method.Parameters.Any(parameter => parameter.Variable.Type is MemoryType { Shape: Shape.Array })));

    private static bool TakesWholes(Method method) => method.Parameters.Any(parameter => parameter.Variable.Type is CompositeType { IsClass: true } or MemoryType { Shape: Shape.Jagged or Shape.Grid or Shape.Cube or Shape.Memory });

    private static bool ChangesArrays(Method method) => method.Body.Deep().Any(node => node is Assign { Target: Local { Variable.Type: MemoryType } });

    private static bool LeavesOnTheHeap(Method method) => method.Body.Deep().Any(node => node is Allocate { Type: MemoryType { Shape: Shape.Cube } } or Slice { Of: { Shape: Shape.Memory, Element: NumberType { IsFloating: false } } });

    private static bool MakesObjects(Method method) => method.Body.Deep().Any(node => node is Allocate or Listed or Ranged { Type: MemoryType { Shape: Shape.Array } } or LocalFunction { Method.IsLambda: true });
}
