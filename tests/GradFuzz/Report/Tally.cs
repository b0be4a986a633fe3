using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;

namespace Backprop.Fuzz.Report;

/// <summary>What the programs of a session used, and what became of them.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> forms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Drawn, int Refused)> constructs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> refusals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Calls, int Refused)> shared = new(StringComparer.Ordinal);
    private readonly List<Failed> failures = [];

    public Tally()
    {
        foreach (string form in Forms.Known)
        {
            forms[form] = 0;
        }

        foreach (Construct construct in Constructs.All)
        {
            constructs[construct.Name] = (0, 0);
        }
    }

    public int Programs { get; private set; }

    public int Refused { get; private set; }

    public int Statements { get; private set; }

    public int Points { get; private set; }

    /// <summary>Seeds at which no usable program came out.</summary>
    public int Barren { get; private set; }

    public IReadOnlyList<Failed> Failures => failures;

    public IReadOnlyDictionary<string, int> UseOf => forms;

    public IReadOnlyDictionary<string, (int Drawn, int Refused)> Constructions => constructs;

    /// <summary>Calls with arguments that share something, by what they share.</summary>
    public IReadOnlyDictionary<string, (int Calls, int Refused)> Shared => shared;

    public IReadOnlyDictionary<string, int> Refusals => refusals;

    public void Skip() => Barren++;

    public void Add(Outcome outcome)
    {
        FuzzProgram program = outcome.Sample.Program;
        Programs++;
        Points += outcome.Sample.Inputs.Length;
        Statements += program.Deep().Count(node => node is Stmt and not Block);
        foreach (string form in Forms.Of(program))
        {
            forms[form] = forms.GetValueOrDefault(form) + 1;
        }

        foreach (string construct in program.Constructs)
        {
            (int drawn, int refused) = constructs[construct];
            constructs[construct] = (drawn + 1, refused + (outcome is Refused ? 1 : 0));
        }

        Note(outcome);
    }

    private void Note(Outcome outcome)
    {
        if (outcome is Failed failed)
        {
            failures.Add(failed);
        }

        foreach (SharedCall call in outcome.Calls)
        {
            (int calls, int refused) = shared.GetValueOrDefault(call.Shared.Kind);
            shared[call.Shared.Kind] = (calls + 1, refused + (call.IsRefused ? 1 : 0));
        }

        if (outcome is Refused because)
        {
            Refused++;
            foreach (string code in because.Codes.Distinct())
            {
                refusals[code] = refusals.GetValueOrDefault(code) + 1;
            }
        }
    }
}
