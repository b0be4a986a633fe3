using System.Diagnostics;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Print;

int first = int.Parse(args[0]), count = int.Parse(args[1]);
Stopwatch clock = Stopwatch.StartNew();
List<Sample> samples = [];
for (int seed = first; seed < first + count; seed++)
{
    if (Programs.Of(seed, 14) is { } sample) samples.Add(sample); else Console.WriteLine("none " + seed);
}

Console.WriteLine($"{samples.Count} made {clock.Elapsed}");
if (args.Length > 2) foreach (var s in samples) { Console.WriteLine(SourcePrinter.File(s.Program)); Console.WriteLine(new RunPrinter(s.Program).File()); }
foreach (var chunk in samples.Chunk(20))
{
    foreach (var group in Trial.Of(chunk, Effort.Full).GroupBy(o => o is Failed f ? f.Oracle : o is Refused r ? string.Join(",", r.Codes.Distinct()) : "passed"))
    {
        Console.WriteLine($"{group.Key} {group.Count()}");
        foreach (var f in group.OfType<Failed>().Take(3)) Console.WriteLine($"   {f.Sample.Program.Seed} {f.Detail[..Math.Min(600, f.Detail.Length)]}");
    }
    Console.WriteLine(clock.Elapsed);
}
