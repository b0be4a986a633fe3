using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>In a pullback the array parameters are spans, and so is a variable that may stand for one of them. Normal form.</summary>
internal sealed class ChosenSpans : Rewriter
{
    private readonly HashSet<int> spans = [];

    public static Block Apply(Block body)
    {
        ChosenSpans chosen = new();
        List<(Variable Variable, Conditional Choice)> choices = [.. body.Deep().OfType<Declare>().Where(static declare => declare is { Variable.Type: ArrayType { Rank: 1 }, Value: Conditional }).Select(static declare => (declare.Variable, (Conditional)declare.Value!))];
        while (choices.Any(choice => (chosen.IsSpan(choice.Choice.Then) || chosen.IsSpan(choice.Choice.Else)) && chosen.spans.Add(choice.Variable.Id)))
        {
        }

        return chosen.spans.Count == 0 ? body : chosen.Visit(body);
    }

    private bool IsSpan(Expr memory) => memory.Type is SpanType || (memory is Read read && spans.Contains(read.Variable.Id));

    public override Variable Define(Variable variable) => spans.Contains(variable.Id) ? variable with { Type = new SpanType(variable.Type.Element!, Access.Writable) } : variable;
}
