using System.Runtime.InteropServices;
using Backprop.Fuzz;
using Backprop.Fuzz.Faults;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Print;
using Backprop.Fuzz.Reduce;
using Backprop.Fuzz.Report;

return Settings.Of(args) switch
{
    null => Complain(),
    { Mode: Mode.Show } settings => Show(settings),
    { Mode: Mode.Faults } settings => MutationTest.Run(settings.First, settings.Fault, Console.Out) ? 0 : 1,
    { } settings => Run(settings),
};

static int Complain()
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

static int Show(Settings settings)
{
    if (Programs.Of(settings.First, settings.Size) is not { } sample)
    {
        Console.WriteLine("This seed gives no usable program.");
        return 1;
    }

    Console.WriteLine(SourcePrinter.File(sample.Program));
    Console.WriteLine(string.Join("\n", sample.Inputs.Select(input => "// at " + Backprop.Fuzz.Oracles.Values.Show(input.Numbers))));
    Outcome outcome = Trial.Of([sample], Effort.Full)[0];
    Console.WriteLine("// " + (outcome is Failed failed ? Summary.Of(failed) : outcome is Refused refused ? string.Join(" ", refused.Codes) : "passes"));
    return outcome is Failed ? 1 : 0;
}

static int Run(Settings settings)
{
    Session session = new(settings);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    session.Run();
    Console.WriteLine(Summary.Of(session.Tally, session.Elapsed, settings.First, session.Last));
    session.Tally.Failures.ToList().ForEach(failure => Console.WriteLine(Summary.Of(failure).Split('\n')[0]));
    foreach (Failed failure in session.Tally.Failures.DistinctBy(failure => failure.Oracle + failure.Detail.Split(':', '(')[0]).Take(settings.Reduced))
    {
        Console.WriteLine();
        Failed reduced = Reducer.Reduce(failure, TimeSpan.FromSeconds(60));
        Console.WriteLine(TestPrinter.Print(reduced));
    }

    // A program that is no valid C# says nothing of the generator. It is told above; many of them would be a fault of their own.
    const int OneIn = 100;
    int invalid = session.Tally.Failures.Count(failure => failure.Oracle == "fuzzer");
    return session.Tally.Failures.Count == invalid && invalid * OneIn <= session.Last - settings.First + 1 ? 0 : 1;

    // Of a long run that is broken off, what it has found is told.
    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        session.End();
    }
}
