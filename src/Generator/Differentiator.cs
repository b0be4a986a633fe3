using Backprop.Generator.Analyses;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;

namespace Backprop.Generator;

/// <summary>The passes, in order: the one place that says what runs when.</summary>
internal static class Differentiator
{
    // What the names of the files say.
    private const string Whole = "";
    private const string Halves = "Forward.";

    /// <summary>The members to emit for a method; null where the derivative needs something that cannot be differentiated.</summary>
    /// <param name="watch">Is shown the body after each pass, for tests and for readers.</param>
    /// <param name="passes">The optional passes that run.</param>
    /// <param name="amend">Gives the body to go on with after each pass, for tests that put a fault in.</param>
    public static Unit? Differentiate(Prepared method, Action<string, Block>? watch = null, Passes passes = Passes.All, Func<string, Block, Block>? amend = null)
        => Draft(method, passes, (pass, block) => After(pass, block, watch, amend)) is { } unit && Capabilities.Missing(unit) is null ? unit : null;

    /// <summary>What the derivative of a generic method needs of its type parameter, beyond its constraints; null where nothing is missing.</summary>
    public static string? MissingMember(Prepared method) => method.Method.TypeParameters.Count > 0 && Draft(method, Passes.All, static (_, block) => block) is { } unit ? Capabilities.Missing(unit) : null;

    private static Block After(string pass, Block block, Action<string, Block>? watch, Func<string, Block, Block>? amend)
    {
        watch?.Invoke(pass, block);
        return amend?.Invoke(pass, block) ?? block;
    }

    /// <param name="after">Is given the body after each pass, and gives the one to go on with.</param>
    private static Unit? Draft(Prepared prepared, Passes passes, Func<string, Block, Block> after)
    {
        Method method = prepared.Method;
        if (method.Slot is { IsAbstract: true })
        {
            return Finished(method, Abstract.Whole(method, new Ids(method.FirstFreeId)), null, Whole);
        }

        prepared = prepared.With(after("normal", prepared.Primal));
        if (prepared.Refusals.Count > 0)
        {
            return null;
        }

        Ids ids = prepared.Ids();
        Signature signature = new(method, ids);
        Block body = CheckFinite.Apply(method, Sweeps(prepared, signature, CheckFinite.Allowed(method, passes), ids, after));
        string open = CallText.Open(body, signature.Store);
        body = new CallText("{0}.Store", signature.Store).Apply(body);
        string name = method.Name + "Backward";
        string summary = $"Runs <c>{method.Name}</c> and adds its gradient to the accumulators.";
        Function backward = new(name, Signature.SlotModifiersOf(method), method.ReturnTypeText, signature.Backward.ToEquatable(), summary, EquatableArray<string>.Empty, body);
        List<Function> functions = new Kernels(signature, ids).Apply(backward, Checks(new Guards(signature, prepared.Memory, prepared.Primal).Statements(), after), Frame(signature, open));
        functions.AddRange(FriendlyGradient.WithoutSeed(signature, backward));
        functions.AddRange(FriendlyGradient.Of(signature, prepared.Memory, ids));
        return Finished(method, functions, null, Whole);
    }

    /// <summary>The calls of a compilation's methods.</summary>
    public static CallGraph GraphOf(IEnumerable<Prepared> methods) => new(methods.Select(static method => method.Calling));

    /// <summary>What a method has to know of those that it calls: which lead back to it, what they do with what they are given. Nothing else depends on more than one method.</summary>
    public static Prepared Knowing(Prepared method, CallGraph graph) => method.Knowing(graph.CyclicCalleesOf(method.Calling), graph.ConductOfCallees(method.Calling));

    /// <summary>Of the methods that have halves: the keys of those that call or override, themselves or through others, one that has none.</summary>
    public static EquatableArray<string> Lacking(IEnumerable<Unit> halves) => CallGraph.Lacking(halves.Select(static unit => unit.Calling!));

    /// <summary>The two halves of a method, for callers that are themselves differentiated; null where there is no derivative.</summary>
    /// <param name="prepared">The method.</param>
    /// <param name="passes">The optional passes that run.</param>
    /// <param name="amend">Gives the body to go on with after each pass, for tests that put a fault in.</param>
    public static Unit? Split(Prepared prepared, Passes passes = Passes.All, Func<string, Block, Block>? amend = null)
    {
        Method method = prepared.Method;
        if (method.Slot is { IsAbstract: true })
        {
            return Finished(method, Abstract.Halves(method, new Ids(method.FirstFreeId)), null, Halves);
        }

        if (prepared.Refusals.Count > 0)
        {
            return null;
        }

        Ids ids = prepared.Ids();
        prepared = prepared.With(OwnedArrays.Apply(prepared.Primal, prepared.Memory, method.Parameters.Select(static parameter => parameter.Variable), ids));
        (Block primal, Memory memory) = (prepared.Primal, prepared.Memory);
        Signature signature = new(method, ids, "frame");
        SplitSignature halves = new(signature, ids);
        bool isAgain = method.Keeping == Keeping.Nothing;
        passes = isAgain ? CheckFinite.Allowed(method, passes) : passes & ~Passes.Fusion;
        Split split = new(halves, prepared.Cyclic, passes, ids);
        Func<string, Block, Block> after = (pass, block) => After(pass, block, null, amend);
        Block sweeps = Sweeps(prepared, signature, passes, ids, after);
        (Block forward, Block pullback) = isAgain ? split.Again(Storage.Apply(primal, signature.Store, ids), sweeps) : split.Apply(sweeps);
        forward = Simplified(forward, [.. signature.Inputs, halves.Residuals], passes, ids);
        pullback = Simplified(pullback, [.. signature.Inputs, halves.Residuals], passes, ids);
        (forward, pullback) = (CheckFinite.Apply(method, forward), CheckFinite.Apply(method, pullback));
        Structure? structure = split.StructureOf(forward, primal, memory);
        string open = CallText.Open(pullback, signature.Store), openForward = CallText.Open(forward, signature.Store);
        forward = new CallText("{0}", halves.CallerStore).Apply(forward);
        pullback = new CallText("{0}.Store", signature.Store).Apply(pullback);
        Guards guards = new(signature, memory, primal);
        List<Function> functions =
        [
            .. Half(method, "Forward", method.ReturnTypeText, halves.Forward, $"The value of <c>{method.Name}</c>, and what <c>{method.Name}Pullback</c> needs.", forward, Checks(guards.OfArguments(), after), openForward, signature, ids),
            .. Half(method, "Pullback", "void", halves.Pullback, $"Adds the gradient of <c>{method.Name}</c> to the accumulators. Takes the arguments as the method left them.", pullback, Checks(guards.OfAccumulators(), after), open, signature, ids),
        ];
        Unit unit = Finished(method, functions, structure, Halves);
        return Capabilities.Missing(unit) is null ? unit : null;
    }

    private static List<Function> Half(Method method, string suffix, string returns, IEnumerable<FormalParameter> parameters, string summary, Block body, List<Stmt> checks, string open, Signature signature, Ids ids)
    {
        EquatableArray<string> attributes = Inlining.AttributesOf(body);
        Function function = new(method.Name + suffix, Signature.SlotModifiersOf(method), returns, parameters.ToEquatable(), summary, attributes, body);
        FormalParameter store = function.Parameters[function.Parameters.Count - 1];
        // What a forward pass that keeps nothing rents is given back when it ends.
        Stmt frame = suffix == "Pullback" || method.Keeping == Keeping.Nothing ? Frame(signature, open)
            : new Declare(signature.Store, new External("global::Backprop.ResidualStore.Within({0})", EquatableArray.Of<Expr>(store.Variable.Read()), signature.Store.Type, Effect.Reads, 0), Sweep.Adjoint);
        return new Kernels(signature, ids).Apply(function, checks, frame);
    }

    /// <summary>What is checked before any work.</summary>
    private static List<Stmt> Checks(List<Stmt> checks, Func<string, Block, Block> after) => [.. after("checks", Block.Of(checks)).Statements];

    private static Using Frame(Signature signature, string open)
        => new(signature.Store, new External(open, EquatableArray<Expr>.Empty, signature.Store.Type, Effect.Reads, 0));

    private static Unit Finished(Method method, List<Function> functions, Structure? structure, string part)
    {
        IEnumerable<Function> emitted = functions.Select(function => function with { Arithmetic = method.Arithmetic, TypeParameters = method.TypeParameters });
        string stem = method.Name + part.TrimEnd('.') + (method.Overload == 0 ? "" : (method.Overload + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Unit unit = new(method.Container, FileNameOf(method, part), emitted.ToEquatable()) { Structure = structure, Calling = Calling.Of(method) };
        return Reaches.Apply(Printable.Of(unit), stem);
    }

    /// <summary>Both sweeps, one after the other, with residuals and storage.</summary>
    private static Block Sweeps(Prepared method, Signature signature, Passes passes, Ids ids, Func<string, Block, Block> after)
    {
        Block body = WithResiduals(method, signature, passes, ids, after);
        body = Storage.Apply(body, signature.Store, ids);
        body = after("final", Simplified(Wholes.Apply(body, signature), signature.Inputs, passes, ids));
        return passes.HasFlag(Passes.Simplify) ? after("factors", Factors.Apply(body, ids)) : body;
    }

    private static Block WithResiduals(Prepared method, Signature signature, Passes passes, Ids ids, Func<string, Block, Block> after)
    {
        Block body = after("reversed", ReverseMode.Apply(method.Primal, signature.Accumulators, signature.Seed, signature.Store, method.Activity, method.Memory, passes, ids));
        body = after("simplified", Simplified(body, signature.Inputs, passes, ids));
        return after("with residuals", Residuals.Apply(body, signature.Inputs, signature.Store, passes, ids));
    }

    /// <summary>What the author of a method that has a derivative may want to know about it.</summary>
    public static EquatableArray<Finding> FindingsOf(Prepared prepared)
    {
        Method method = prepared.Method;
        if (method.Slot is { IsAbstract: true })
        {
            return EquatableArray<Finding>.Empty;
        }

        List<Finding> findings = [.. Findings.Of(method, prepared.Primal, prepared.Memory, prepared.Activity)];
        if (prepared.Primal.Statements.Any(static stmt => stmt is If or Loop))
        {
            Ids ids = prepared.Ids();
            findings.AddRange(Recordings.Of(prepared.Primal, WithResiduals(prepared, new Signature(method, ids), CheckFinite.Allowed(method, Passes.All), ids, static (_, block) => block)));
        }

        return findings.ToEquatable();
    }

    private static Block Simplified(Block block, IEnumerable<Variable> inputs, Passes passes, Ids ids) => passes.HasFlag(Passes.Simplify) ? Simplify.Apply(block, inputs, ids) : block;

    /// <summary>What no later pass can do without: exits in tail position, one assignment a variable. Also gives the first free id.</summary>
    public static (Block Body, int FirstFreeId) Normalize(Method method)
    {
        Method structured = Exits.Apply(CountedLoops.Apply(method));
        Ids ids = new(structured.FirstFreeId);
        Variable[] parameters = [.. method.Parameters.Select(parameter => parameter.Variable)];
        Block versioned = Simplify.Apply(Versions.Apply(structured.Body, method.Parameters, ids), parameters, ids);
        Block named = Handles.Apply(versioned, parameters, ids);
        Block body = named == versioned ? versioned : Simplify.Apply(named, parameters, ids);
        return (body, ids.Next);
    }

    /// <summary>The files that are emitted for a method, and what is put behind its name to name a member of each.</summary>
    public static IReadOnlyList<(string Name, string Member)> FilesOf(Method method) => [(FileNameOf(method, Whole), "Backward"), (FileNameOf(method, Halves), "Forward")];

    private static string FileNameOf(Method method, string part)
        => $"{(method.Container.Path.Length == 0 ? "" : method.Container.Path + ".")}{method.Name}{(method.Overload == 0 ? "" : "." + (method.Overload + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}.{part}g.cs";
}
