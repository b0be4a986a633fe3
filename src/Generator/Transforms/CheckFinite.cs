using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// What a checked build adds to both sweeps: after each floating-point operation a check of its result, which names the place in the user's source.
/// The last pass in normal form, so that no other has to know of checks.
/// </summary>
internal sealed class CheckFinite
{
    private const int Longest = 120, Deepest = 6;
    private static readonly Regex ids = new(@"#\d+", RegexOptions.CultureInvariant);
    private static readonly Regex qualifiers = new(@"global::(?:\w+\.)*(?=\w+\.\w)", RegexOptions.CultureInvariant);

    private readonly Method method;
    private readonly HashSet<int> guarded;
    private readonly Dictionary<int, Expr> nameless = [];

    private CheckFinite(Method method, Block body) => (this.method, guarded) = (method, Guarded(body));

    /// <summary>Where code is reversed on the spot, statements move away from the notes that say where they come from.</summary>
    public static Passes Allowed(Method method, Passes passes) => method.Refused == Refused.Nothing ? passes : passes & ~Passes.Fusion;

    public static Block Apply(Method method, Block body) => method.Refused == Refused.Nothing ? body : new CheckFinite(method, body).Visit(body, null);

    private Block Visit(Block block, Note? note)
    {
        List<Stmt> output = [];
        foreach (Stmt stmt in block.Statements)
        {
            note = stmt as Note ?? note;
            output.Add(stmt.Map(static expr => expr, inner => Visit(inner, note)));
            output.AddRange(Checks(stmt, note));
        }

        return Block.Of(output);
    }

    private IEnumerable<Stmt> Checks(Stmt stmt, Note? note)
    {
        switch (stmt)
        {
            case Declare { Variable: var variable, Value: { } value } declare:
                if (variable.Name.Length == 0)
                {
                    nameless[variable.Id] = value;
                }

                return IsComputed(value, note) && variable.Type.IsFloating && !guarded.Contains(variable.Id)
                    ? [declare.Sweep == Sweep.Primal ? Check("Value", variable, note, TextOf(value)) : Derivative(variable, note)]
                    : [];
            case Call { Pass: Pass.Pullback } call:
                return Results(call).Select(result => Derivative(result, note));
            case Call call:
                return Results(call).Select(result => Check("Value", result, note, call.Callee.Name + "(…)"));
            default:
                return [];
        }
    }

    private static IEnumerable<Variable> Results(Call call) => call.Results.Where(static result => result.Type.IsFloating);

    private static bool IsComputed(Expr value, Note? note) => value switch
    {
        Unary or Binary or IR.Convert or Conditional or IR.Apply or External => true,
        Element { Indices.Count: 0 } => note is not null,
        _ => false,
    };

    private Evaluate Derivative(Variable variable, Note? note) => Check("Derivative", variable, note, variable.Name);

    private Evaluate Check(string what, Variable variable, Note? note, string expression)
    {
        string type = method.Refused == Refused.NaN ? "CheckNaN" : "CheckFinite";
        string format = $"global::Backprop.{type}.{what}({{0}}, {Quoted(PlaceOf(note))}, {Quoted(note?.Text ?? method.Name)}, {Quoted(expression)})";
        return new Evaluate(new External(format, EquatableArray.Of<Expr>(variable.Read()), new OpaqueType("void"), Effect.Reads, 0));
    }

    private string PlaceOf(Note? note) => method.Places is not { } places ? ""
        : note is { Number: > 0 and var number } ? $"{places.File}({places.Lines[number - 1].ToString(CultureInfo.InvariantCulture)})"
        : places.File;

    private string TextOf(Expr value)
    {
        string text = ids.Replace(IrText.Of(Shown(value, Deepest)), "");
        return text.Length <= Longest ? text : text.Substring(0, Longest) + "…";
    }

    // What has no name in the source stands for the expression that it is; a value shared at many depths would be written out many times.
    private Expr Shown(Expr value, int depth) => value switch
    {
        Read { Variable: var variable } when nameless.TryGetValue(variable.Id, out Expr? definition) => depth == 0 ? Named("…") : Shown(definition, depth - 1),
        External external => Named(string.Format(CultureInfo.InvariantCulture, qualifiers.Replace(external.Format, ""), [.. external.Arguments.Select(argument => Argument(argument, depth))])),
        _ => value.Map(operand => Shown(operand, depth)),
    };

    // A struct is its parts here.
    private string Argument(Expr argument, int depth)
        => argument is Pack pack ? $"({string.Join(", ", pack.Leaves.Select(leaf => Argument(leaf, depth)))})" : IrText.Of(Shown(argument, depth));

    private static Read Named(string text) => new Variable(0, text, IrType.Double).Read();

    // In the format of an external, in which braces stand for operands.
    private static string Quoted(string text)
        => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("{", "{{").Replace("}", "}}").Replace("\n", " ") + "\"";

    /// <summary>
    /// What only a conditional expression reads: a rule may compute a quotient by zero that it then does not take. Readers come after what they read,
    /// so one walk from the end finds them.
    /// </summary>
    private static HashSet<int> Guarded(Block body)
    {
        HashSet<int> arms = [], plain = [];
        List<Stmt> statements = body.Deep();
        for (int i = statements.Count - 1; i >= 0; i--)
        {
            switch (statements[i])
            {
                case Declare { Value: Conditional choice }:
                    arms.UnionWith(choice.Then.Reads().Concat(choice.Else.Reads()).Select(static variable => variable.Id));
                    plain.UnionWith(choice.Test.Reads().Select(static variable => variable.Id));
                    break;
                case Declare { Value: { } value, Variable.Id: var id }:
                    (arms.Contains(id) && !plain.Contains(id) ? arms : plain).UnionWith(value.Reads().Select(static variable => variable.Id));
                    break;
                default:
                    plain.UnionWith(statements[i].Expressions().SelectMany(static expr => expr.Reads()).Select(static variable => variable.Id));
                    break;
            }
        }

        arms.ExceptWith(plain);
        return arms;
    }
}
