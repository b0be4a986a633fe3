using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Generation;

/// <summary>Methods of <c>TensorPrimitives</c>.</summary>
internal sealed partial class Sketch
{
    /// <summary>Writes memory as a whole, perhaps one of the operands.</summary>
    private void OnElements()
    {
        IReadOnlyList<Variable> written = [.. Linear(isWritten: true).Where(static variable => ElementOf(variable).IsFloating)];
        if (written.Count == 0)
        {
            DeclareMemory();
            return;
        }

        Variable destination = Pick(written);
        DataType number = ElementOf(destination);
        Variable[] sources = [.. Linear(isWritten: false).Where(source => ElementOf(source) == number && source.Extents[0] <= destination.Extents[0])];
        int length = Pick(sources).Extents[0];
        sources = [.. sources.Where(source => source.Extents[0] == length)];
        ElementFunction function = Pick([.. ElementFunctions.All.Where(candidate => Has(Constructs.Kinks) || !candidate.IsKinked)]);
        List<Expr> operands = [.. Enumerable.Range(0, function.Memories).Select(_ => new Local(Pick(sources)))];
        if (function.HasLast)
        {
            operands.Add(function.IsDivision ? new Literal(number, Pick(new[] { 2.0, -1.5 })) : Chance(0.6) ? new Local(Pick(sources)) : Exact(number, 1));
        }

        Add(new Elementwise(function.Name, [.. operands], new Local(destination)));
    }
}
