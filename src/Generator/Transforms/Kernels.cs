using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Gives hot loops methods of their own. A floating-point variable that lives across a call stays in memory in every loop of its method,
/// so a method has either loops or calls: checks and storage stand in the public method, loops in kernels.
/// </summary>
internal sealed class Kernels(Signature signature, Ids ids)
{
    private const string Optimized
        = "global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)";

    private static readonly HashSet<string> Instructions =
        ["Sqrt", "Abs", "Floor", "Ceiling", "Round", "Truncate", "Max", "Min", "CopySign", "FusedMultiplyAdd", "MultiplyAddEstimate", "ReciprocalEstimate", "ReciprocalSqrtEstimate"];

    private readonly List<Function> kernels = [];

    /// <summary>Overloads share the name of the public method, not those of their kernels.</summary>
    private string Stem => function + (signature.Method.Overload == 0 ? "" : (signature.Method.Overload + 1).ToString(CultureInfo.InvariantCulture));

    private string function = "";
    private Dictionary<int, Declare> declared = [];

    /// <summary>The public method and its kernels.</summary>
    /// <param name="frame">Gives the frame of the residual store, where it is used.</param>
    public List<Function> Apply(Function method, IReadOnlyList<Stmt> checks, Stmt frame)
    {
        function = method.Name;
        bool stores = method.Body.Reads().Any(variable => variable.Id == signature.Store.Id);
        if (!HasLoop(method.Body))
        {
            return [method with { Body = Block.Of([.. Opening(checks, stores, frame), .. method.Body.Statements]) }];
        }

        declared = method.Body.Statements.OfType<Declare>().ToDictionary(declare => declare.Variable.Id);
        (List<Stmt> storage, List<Stmt> rest) = Prologue(method.Body, method.Parameters.Select(parameter => parameter.Variable.Id));
        if (rest.Any(Calls))
        {
            HashSet<Stmt> early = [.. storage];
            rest.RemoveAll(early.Contains);
            Block body = Block.Of(rest.SelectMany(stmt => HasLoop(Block.Of([stmt])) ? Outline(stmt, UsedAfter(rest, stmt)) : [stmt]));
            return [method with { Body = Block.Of([.. Opening(checks, stores, frame), .. storage, .. body.Statements]) }, .. kernels];
        }

        return checks.Count == 0 && !stores
            ? [method with { Attributes = EquatableArray.Of(Optimized) }]
            : [method with { Body = Block.Of([.. Opening(checks, stores, frame), .. storage, .. Whole(method, Block.Of(rest))]) }, .. kernels];
    }

    private static List<Stmt> Opening(IReadOnlyList<Stmt> checks, bool stores, Stmt frame) => [.. checks, .. stores ? [frame] : Array.Empty<Stmt>()];

    private static bool HasLoop(Block body) => body.Deep().Any(stmt => stmt is Loop);

    /// <summary>Storage whose size is known at the start is rented there.</summary>
    private (List<Stmt> Storage, List<Stmt> Others) Prologue(Block body, IEnumerable<int> parameters)
    {
        HashSet<int> inputs = [.. parameters, signature.Store.Id];
        HashSet<int> early = [];

        // What the user checks first is not overtaken by an allocation of a wrong size.
        foreach (Declare rent in body.Statements.TakeWhile(stmt => !IsGuard(stmt)).OfType<Declare>().Where(declare => declare.Value is External call && call.Format.StartsWith("{0}.Rent", StringComparison.Ordinal) && call.Arguments.Contains(signature.Store.Read())))
        {
            HashSet<int> needed = [];
            if (Gather(rent, needed))
            {
                early.UnionWith(needed);
            }
        }

        // Sizes are asked for again in the kernel: the JIT drops index checks only where it sees them.
        return ([.. body.Statements.Where(IsEarly)], [.. body.Statements.Where(stmt => !IsEarly(stmt) || ((Declare)stmt).Value is Length or Binary)]);

        bool IsEarly(Stmt stmt) => stmt is Declare declare && early.Contains(declare.Variable.Id);

        bool Gather(Declare declare, HashSet<int> needed)
        {
            needed.Add(declare.Variable.Id);
            return declare.Value!.Reads().All(variable => inputs.Contains(variable.Id) || needed.Contains(variable.Id)
                || (declared.TryGetValue(variable.Id, out Declare? inner) && inner.Value is Binary or Length or External { Effect: Effect.Pure } && Gather(inner, needed)));
        }
    }

    private static bool IsGuard(Stmt stmt) => stmt is Evaluate || stmt.Deep().Any(inner => inner is Throw);

    private static bool Calls(Stmt stmt) => stmt switch
    {
        Loop => false,
        If branch => Calls(branch.Test) || branch.Then.Statements.Concat(branch.Else.Statements).Any(Calls),
        _ => stmt.Expressions().Any(Calls),
    };

    private static bool Calls(Expr expr) => expr switch
    {
        Apply apply => !Instructions.Contains(apply.Primitive.Substring(apply.Primitive.IndexOf('.') + 1)) || apply.Operands().Any(Calls),
        External external => external.Effect != Effect.Pure || (external.Format.Contains('(') && !external.Format.StartsWith("global::System.Math.M")) || external.Operands().Any(Calls),
        Allocate => true,
        _ => expr.Operands().Any(Calls),
    };

    /// <summary>One kernel for the whole body.</summary>
    private IEnumerable<Stmt> Whole(Function method, Block body)
    {
        List<FormalParameter> parameters = Free(body, [.. method.Parameters]);
        Add(Stem + "Kernel", method.ReturnTypeText, parameters, body);
        bool isVoid = method.ReturnTypeText == "void";
        External call = Call(parameters, isVoid ? IrType.Bool : signature.Method.ReturnType ?? IrType.Bool);
        return isVoid ? [new Evaluate(call), new Return(null)] : [new Return(call)];
    }

    private static HashSet<int> UsedAfter(List<Stmt> statements, Stmt stmt)
        => [.. Block.Of(statements.SkipWhile(other => !ReferenceEquals(other, stmt)).Skip(1)).Reads().Select(variable => variable.Id)];

    /// <summary>A kernel for each outermost loop.</summary>
    private IEnumerable<Stmt> Outline(Stmt stmt, HashSet<int> usedAfter)
    {
        if (stmt is If branch && HasLoop(Block.Of([branch])))
        {
            HashSet<int> joined = [.. usedAfter, .. branch.Joins.SelectMany(join => join.Then.Reads().Concat(join.Else.Reads())).Select(variable => variable.Id)];
            return [branch with { Then = Inside(branch.Then, joined), Else = Inside(branch.Else, joined) }];
        }

        return stmt is Loop loop ? Outline(loop, usedAfter) : [stmt];

        Block Inside(Block block, HashSet<int> joined)
        {
            List<Stmt> statements = [.. block.Statements];
            return Block.Of(statements.SelectMany(inner => Outline(inner, [.. joined, .. UsedAfter(statements, inner)])));
        }
    }

    private IEnumerable<Stmt> Outline(Loop loop, HashSet<int> usedAfter)
    {
        List<Variable> results = [.. loop.Carried.Select(carried => carried.Result).Where(result => usedAfter.Contains(result.Id))];
        string kernelName = $"{Stem}Loop{(kernels.Count == 0 ? "" : (kernels.Count + 1).ToString(CultureInfo.InvariantCulture))}";
        if (results.Count == 1)
        {
            Block returning = Block.Of([.. Lengths(loop), loop, new Return(results[0].Read())]);
            List<FormalParameter> given = Free(returning, []);
            Add(kernelName, results[0].Type.Text, given, returning);
            return [new Declare(results[0], Call(given, results[0].Type))];
        }

        List<Variable> outs = results.ConvertAll(result => ids.Fresh(result.Name, result.Type));
        List<Stmt> lengths = Lengths(loop);
        Block body = Block.Of([.. lengths, loop, .. results.Select((result, i) => new WriteBack(outs[i], result.Read())), new Return(null)]);
        List<FormalParameter> inputs = Free(Block.Of([.. lengths, loop]), []);
        Add(kernelName, "void", [.. inputs, .. outs.ConvertAll(AsOut)], body);
        External call = Call([.. inputs, .. results.ConvertAll(AsOut)], IrType.Bool);
        return [.. results.ConvertAll(result => new Declare(result, null)), new Evaluate(call)];
    }

    /// <summary>Lengths are asked for again in the kernel: the JIT drops index checks only where it sees them.</summary>
    private List<Stmt> Lengths(Loop loop)
    {
        List<Stmt> result = [];
        HashSet<int> visited = [];
        Gather(loop.Head is Counted head ? head.From.Reads().Concat(head.Bound.Reads()) : []);
        return result;

        void Gather(IEnumerable<Variable> variables)
        {
            foreach (Variable variable in variables.Where(variable => visited.Add(variable.Id)))
            {
                if (declared.TryGetValue(variable.Id, out Declare? declare) && declare.Value is Length or Binary { Type: ScalarType { Kind: Scalar.Int32 }, Right: Literal })
                {
                    Gather(declare.Value.Reads());
                    result.Add(declare);
                }
            }
        }
    }

    private void Add(string kernelName, string returnType, List<FormalParameter> parameters, Block body)
    {
        HashSet<string> taken = [];
        Dictionary<int, Variable> named = parameters.ToDictionary(parameter => parameter.Variable.Id, parameter => parameter.Variable with { Name = Unique(NameOf(parameter.Variable), taken.Add) });
        IEnumerable<FormalParameter> formal = parameters.Select(parameter => parameter with { Variable = named[parameter.Variable.Id] });
        kernels.Add(new(Free(kernelName), Modifiers(parameters, body), returnType, formal.ToEquatable(), "", EquatableArray.Of(Optimized), Rename(body, named)));
    }

    private string Modifiers(List<FormalParameter> parameters, Block body)
        => parameters.Any(parameter => parameter.Passing == Passing.Receiver) || body.Deep().Any(static stmt => stmt.Expressions().Any(CallsBase)) ? $"private {signature.Method.Modifiers}".TrimEnd() : "private static";

    private static bool CallsBase(Expr expr) => expr is External { Format: var format } && format.StartsWith("base.", StringComparison.Ordinal) || expr.Operands().Any(CallsBase);

    private Variable? Receiver => signature.Method.Parameters.FirstOrDefault(parameter => parameter.Passing == Passing.Receiver)?.Variable;

    /// <summary>A name that no member of the type has.</summary>
    private string Free(string kernelName) => Unique(kernelName, name => !signature.Method.Container.Names.Contains(name));

    private string NameOf(Variable variable) => variable.Name.Length > 0 ? variable.Name
        : Words.For(declared.TryGetValue(variable.Id, out Declare? declare) ? declare.Value : null, variable.Type, operand => operand.Name);

    private static string Unique(string name, Func<string, bool> isFree)
    {
        string unique = name;
        for (int number = 1; !isFree(unique); number++)
        {
            unique = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    private static Block Rename(Block body, Dictionary<int, Variable> named) => Block.Of(body.Statements.Select(stmt =>
    {
        Stmt inner = stmt.Map(
            expr => expr.Substitute(variable => named.TryGetValue(variable.Id, out Variable? name) ? name.Read() : null),
            block => Rename(block, named));
        return inner switch
        {
            WriteBack writeBack when named.TryGetValue(writeBack.Parameter.Id, out Variable? name) => writeBack with { Parameter = name },
            Accumulate { Target: Read target } accumulate when named.TryGetValue(target.Variable.Id, out Variable? name) => accumulate with { Target = name.Read() },
            _ => inner,
        };
    }));

    /// <summary>What the statements read from outside, as parameters: those of the method first, as it takes them.</summary>
    private List<FormalParameter> Free(Block body, List<FormalParameter> own)
    {
        HashSet<int> inside = body.Introduced();
        IEnumerable<Variable> written = body.Deep().OfType<WriteBack>().Select(writeBack => writeBack.Parameter);
        List<Variable> free = [.. body.Reads().Concat(written).Where(variable => !inside.Contains(variable.Id)).GroupBy(variable => variable.Id).Select(group => group.First())];
        HashSet<int> needed = [.. free.Select(variable => variable.Id)];
        List<FormalParameter> parameters = [.. own.Where(parameter => needed.Contains(parameter.Variable.Id)).Select(parameter => parameter with { DefaultText = "" })];
        HashSet<int> given = [.. parameters.Select(parameter => parameter.Variable.Id)];
        parameters.AddRange(free.Where(variable => !given.Contains(variable.Id)).OrderBy(variable => variable.Id).Select(variable => new FormalParameter(variable, variable.Id == Receiver?.Id ? Passing.Receiver : Passing.Value, variable.Type.Text, "")));
        return parameters;
    }

    private static FormalParameter AsOut(Variable variable) => new(variable, Passing.Out, variable.Type.Text, "");

    private External Call(List<FormalParameter> given, IrType type)
    {
        IEnumerable<string> arguments = given.Select((parameter, i) => (parameter, i)).Where(pair => pair.parameter.Passing != Passing.Receiver).Select(pair => pair.parameter.Passing switch
        {
            Passing.Ref => $"ref {{{pair.i}}}",
            Passing.Out => $"out {{{pair.i}}}",
            Passing.In => $"in {{{pair.i}}}",
            _ => $"{{{pair.i}}}",
        });
        return new($"{kernels[kernels.Count - 1].Name}{signature.Method.TypeArguments}({string.Join(", ", arguments)})", given.Select(parameter => (Expr)parameter.Variable.Read()).ToEquatable(), type, Effect.Writes, 0);
    }
}
