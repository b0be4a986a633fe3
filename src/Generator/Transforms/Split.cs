using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Cuts both sweeps of a method in two at the border between them. What the backward part reads of the forward part is computed again from the
/// arguments where that is cheap; the rest becomes the fields of the residuals. Normal form.
/// </summary>
/// <param name="cyclic">Keys of the methods that lead back to this one: their residuals are kept by name, since no struct can hold itself. So are those that
/// no field may have as its type.</param>
internal sealed class Split(SplitSignature signature, EquatableArray<string> cyclic, Passes passes, Ids ids)
{
    private readonly List<Member> members = [];
    private readonly List<Stmt> kept = [];
    private readonly List<Stmt> found = [];
    private readonly HashSet<string> cyclicResiduals = [];
    private readonly Dictionary<int, Expr> definitions = [];
    private readonly HashSet<int> rented = [];
    private readonly HashSet<string> names = ["KeepsMemory", Conduct.WrittenName, Conduct.ReturnsName, Conduct.ForeignName, Callee.ResidualsOf(signature.Inner.Method.Name, signature.Inner.Method.Overload), .. signature.Inner.Method.Container.Names];

    /// <summary>The two bodies.</summary>
    public (Block Forward, Block Pullback) Apply(Block sweeps)
    {
        HashSet<int> parameters = [.. signature.Inner.Method.Parameters.Select(parameter => parameter.Variable.Id)];
        List<Stmt> statements = [.. sweeps.Statements];
        int cut = statements.FindIndex(static stmt => stmt is Section { Title: "backward" });
        List<Stmt> ending = [.. statements.Where(stmt => stmt is Return || (OutputOf(stmt) is { } output && parameters.Contains(output.Id)))];
        List<Stmt> forward = [.. statements.Take(cut < 0 ? statements.Count : cut).Except(ending, ReferenceComparer.Of<Stmt>()).Where(static stmt => stmt is not Section)];
        Block backward = Block.Of(cut < 0 ? [] : statements.Skip(cut + 1).Except(ending, ReferenceComparer.Of<Stmt>()));

        cyclicResiduals.UnionWith(CallsIn(sweeps).Where(call => call.Callee.IsHidden || cyclic.Contains(call.Callee.Key)).Select(static call => call.Callee.Residuals));
        foreach (Declare declare in forward.OfType<Declare>().Where(static declare => declare.Value is not null))
        {
            definitions[declare.Variable.Id] = declare.Value!;
        }

        rented.UnionWith(Block.Of(forward).Deep().OfType<Declare>().Where(declare => declare.Value is External source && source.Reads().Any(variable => variable.Id == signature.Inner.Store.Id)).Select(static declare => declare.Variable.Id));
        Memory memory = Memory.Of(sweeps, signature.Inner.Inputs);
        Resolution resolution = Resolve(sweeps, memory, forward, backward, [.. ending.Select(OutputOf).OfType<Variable>()]);
        resolution.Kept.ForEach(variable => Keep(variable, resolution, memory));
        if (members.Count > 0 && IsNamed)
        {
            External keep = new("{0}.KeepValue({1})", EquatableArray.Of<Expr>(signature.Inner.Store.Read(), signature.Kept.Read()), Handle, Effect.Pure, 0);
            kept.Insert(0, new Declare(signature.Kept, null, Sweep.Adjoint));
            kept.Add(new WriteBack(signature.Residuals, keep));
            found.Insert(0, new Declare(signature.Kept, new External($"{{0}}.Value<{signature.KeptName}>()", EquatableArray.Of<Expr>(signature.Residuals.Read()), signature.Kept.Type, Effect.Pure, 0), Sweep.Adjoint));
        }

        Block body = ChosenSpans.Apply(Block.Of([.. found, .. resolution.Recomputed, .. backward.Statements]).Substitute(resolution.Find).Substitute(signature.AsLeft));
        if (members.Count == 0)
        {
            kept.Add(new WriteBack(signature.Residuals, new Default(signature.Residuals.Type)));
        }

        return (Block.Of([.. forward, .. kept, .. ending]), Block.Of([.. body.Statements, new Return(null)]));
    }

    /// <summary>The same for a method of which nothing is kept: the pullback runs both sweeps.</summary>
    public (Block Forward, Block Pullback) Again(Block primal, Block sweeps)
    {
        Block forward = Block.Of([.. primal.Statements.Where(static stmt => stmt is not Return), new WriteBack(signature.Residuals, new Default(signature.Residuals.Type)), .. primal.Statements.OfType<Return>()]);
        Block body = ChosenSpans.Apply(Block.Of(sweeps.Statements.Where(static stmt => stmt is not Return)).Substitute(signature.AsLeft));
        return (forward, Block.Of([.. body.Statements, new Return(null)]));
    }

    /// <summary>The variable that a statement gives another value, as a whole or in part.</summary>
    private static Variable? OutputOf(Stmt stmt) => stmt switch
    {
        WriteBack output => output.Parameter,
        Store { Target: { Indices.Count: 0, Memory: Read { Variable: { Type: StructType } whole } } } => whole,
        _ => null,
    };

    private bool IsNamed => signature.Kept.Id != signature.Residuals.Id;

    /// <summary>The residuals as a struct; null where nothing is to be seen of one.</summary>
    public Structure? StructureOf(Block forward, Block primal, Memory memory)
    {
        if (IsNamed)
        {
            return members.Count == 0 ? null : new Structure(signature.KeptName, "private", signature.Inner.Method.Name, members.ToEquatable(), "", Conduct.Nothing) { TypeParameters = signature.Inner.Method.TypeParameters };
        }

        List<Callee> calls = [.. CallsIn(forward).Select(static call => call.Callee).Distinct()];
        bool isKnown = (signature.Inner.Method.Keeping == Keeping.Residuals && forward.Reads().Any(variable => variable.Id == signature.Inner.Store.Id)) || calls.Any(callee => cyclic.Contains(callee.Key));
        string keepsMemory = isKnown ? "true" : calls.Count == 0 ? "false" : string.Join(" || ", calls.Select(static callee => callee.KeepsMemory).Distinct());
        Method method = signature.Inner.Method;
        return new Structure(signature.ResidualsName, AccessibilityOf(method), method.Name, members.ToEquatable(), keepsMemory, GivenMemory.Of(method, primal, memory)) { TypeParameters = method.TypeParameters };
    }

    private static IEnumerable<Call> CallsIn(Block block) => block.Deep().OfType<Call>().Where(static call => call.Pass == Pass.Forward);

    private Resolution Resolve(Block sweeps, Memory memory, List<Stmt> forward, Block backward, List<Variable> overwritten)
    {
        Recomputation recomputation = new(sweeps, memory, Regions.Of(sweeps), passes, overwritten);
        HashSet<int> introduced = [.. Block.Of(forward).Deep().SelectMany(static stmt => stmt.Introduces()).Concat(overwritten).Select(static variable => variable.Id)];
        bool IsForward(Variable variable) => introduced.Contains(variable.Id) && variable.Id != signature.Inner.Store.Id;
        Resolution resolution = recomputation.Resolve(backward.Reads().Where(IsForward).Distinct(), IsForward, [], ids);
        HashSet<int> inputs = [.. signature.Inner.Inputs.Select(static variable => variable.Id)];
        return resolution.Kept.Find(variable => variable.Type is SpanType && memory.RootsOf(variable.Read()).Any(inputs.Contains)) is not { } foreign
            ? resolution
            : throw new NotSupportedException($"'{foreign.Name}' is a part of an argument that only the forward pass knows, and the pullback needs it.");
    }

    /// <summary>A field: written at the end of the forward pass, read at the start of the pullback. What callers could not name there is kept in the store.</summary>
    private void Keep(Variable variable, Resolution resolution, Memory memory)
    {
        bool isHandle = variable.Type is SpanType or GridType || variable.Type.IsHidden || IsCyclic(variable.Type);
        Member member = new(Identifiers.Written(Signature.Free(NameOf(variable), names)), isHandle ? Handle : variable.Type);
        members.Add(member);
        Element field = new(signature.Kept.Read(), EquatableArray.Of(new Field(member.Name, member.Type, Reach.Open, member.Name)));
        Variable again = resolution.NameFor(variable, ids);
        if (!isHandle)
        {
            kept.Add(new Store(field, variable.Read()));
            found.Add(new Declare(again, field, Sweep.Adjoint));
            return;
        }

        (string keep, string find) = variable.Type switch
        {
            SpanType span => ($"{{0}}.{KeepingOf(memory.RootsOf(variable.Read()))}<{span.ElementType.Text}>({{1}})", $"{{0}}.AsSpan<{span.ElementType.Text}>()"),
            GridType grid => ($"{{0}}.Keep<{grid.ElementType.Text}>({{1}})", $"{{0}}.AsGrid<{grid.ElementType.Text}>()"),
            _ => ("{0}.KeepValue({1})", $"{{0}}.Value<{variable.Type.Text}>()"),
        };
        Variable handle = ids.Fresh("", Handle);
        kept.Add(new Declare(handle, new External(keep, EquatableArray.Of<Expr>(signature.Inner.Store.Read(), variable.Read()), Handle, Effect.Pure, 0), Sweep.Adjoint));
        kept.Add(new Store(field, handle.Read()));
        Variable name = ids.Fresh("", Handle);
        found.Add(new Declare(name, field, Sweep.Adjoint));
        found.Add(new Declare(again, new External(find, EquatableArray.Of<Expr>(name.Read()), again.Type, Effect.Pure, 0), Sweep.Adjoint));
    }

    private static readonly OpaqueType Handle = new("global::Backprop.ResidualMemory");

    /// <summary>How a span is kept: by name where it is storage that the method has rented.</summary>
    private string KeepingOf(IReadOnlyCollection<int> roots) => roots.All(rented.Contains) ? "Keep" : "KeepOrCopy";

    private bool IsCyclic(IrType type) => type is OpaqueType { IsResiduals: true } residuals && cyclicResiduals.Contains(residuals.Name);

    /// <summary>Callers of the same type have fields of the struct, which are internal.</summary>
    private static string AccessibilityOf(Method method) => method.Accessibility switch
    {
        "private" or "private protected" => "internal",
        "protected" => "protected internal",
        var other => other,
    };

    private string NameOf(Variable variable) => variable.Name.Length > 0 ? variable.Name
        : Words.For(definitions.TryGetValue(variable.Id, out Expr? value) ? value : null, variable.Type, static other => other.Name);
}
