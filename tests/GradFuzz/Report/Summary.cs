using System.Globalization;
using Backprop.Fuzz.Harness;

namespace Backprop.Fuzz.Report;

/// <summary>A tally as text.</summary>
internal static class Summary
{
    public static string Of(Tally tally, TimeSpan elapsed, int first, int last) => string.Join("\n",
    [
        $"seeds {first} to {last}: {tally.Programs} programs, {tally.Statements} statements, {tally.Points} points in {elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s ({(tally.Programs / elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture)} programs a second)",
        $"differentiated and checked {tally.Programs - tally.Refused - tally.Failures.Count}, refused {tally.Refused}, failed {tally.Failures.Count}, seeds without a usable program {tally.Barren}",
        $"refusals by code: {Join(tally.Refusals.Select(refusal => $"{refusal.Key} {refusal.Value}"))}",
        "",
        "constructs (programs that were allowed it, of these refused):",
        .. Columns(tally.Constructions.Select(pair => $"{pair.Key} {pair.Value.Drawn}/{pair.Value.Refused}{Mark(pair.Value.Drawn, pair.Value.Refused)}")),
        "",
        $"calls with arguments that share something: {tally.Shared.Values.Sum(shared => shared.Calls)}, of these refused {tally.Shared.Values.Sum(shared => shared.Refused)}:",
        .. Columns(tally.Shared.Select(pair => $"{pair.Key} {pair.Value.Calls}/{pair.Value.Refused}"), 2),
        "",
        "forms (how often):",
        .. Columns(tally.UseOf.Select(form => $"{form.Key} {form.Value}{(form.Value == 0 ? " NEVER" : "")}")),
        "",
        .. tally.Failures.GroupBy(failure => failure.Oracle).Select(group => $"FAILED {group.Key}: {group.Count()}, seeds {Join(group.Take(20).Select(failure => failure.Sample.Program.Seed.ToString(CultureInfo.InvariantCulture)))}"),
    ]);

    private static string Mark(int drawn, int refused) => drawn == 0 ? " OFF" : drawn == refused ? " ALL REFUSED" : "";

    private static string Join(IEnumerable<string> items) => items.Any() ? string.Join(", ", items) : "none";

    private static IEnumerable<string> Columns(IEnumerable<string> items, int number = 4)
        => items.Chunk(number).Select(row => "  " + string.Concat(row.Select(item => item.PadRight((144 / number) - 1) + " ")).TrimEnd());

    public static string Of(Failed failure) => $"seed {failure.Sample.Program.Seed}, {failure.Oracle}: {failure.Detail}";
}
