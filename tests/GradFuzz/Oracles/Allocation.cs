using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>After the first call the backward pass takes nothing from the heap.</summary>
internal static class Allocation
{
    public static string? NoneAfterTheFirst(Specimen specimen)
    {
        if (specimen.Program.Main.Result is MemoryType)
        {
            // The array that is handed out is the primal's own.
            return null;
        }

        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, _) in specimen.Points)
        {
            _ = specimen.Observe(run, input);
            run.Load(input.Numbers, specimen.Sample.Weights);
            long before = GC.GetAllocatedBytesForCurrentThread();
            run.Backward();
            if (GC.GetAllocatedBytesForCurrentThread() - before is > 0 and long bytes)
            {
                return $"{bytes} bytes at {Values.Show(input.Numbers)}";
            }
        }

        return null;
    }
}
