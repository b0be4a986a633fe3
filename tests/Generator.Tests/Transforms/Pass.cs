using Backprop.Generator.IR;
using Backprop.Generator.Transforms;

namespace Backprop.Generator.Tests.Transforms;

/// <summary>A pass, with what comes before it: from C# to the text of the IR that it leaves.</summary>
internal sealed class Pass(Func<Method, Block> body)
{
    public static readonly Pass CountedLoops = new(method => Generator.Transforms.CountedLoops.Apply(method).Body);

    public static readonly Pass Exits = new(method => Generator.Transforms.Exits.Apply(method).Body);

    public static readonly Pass Versions = new(method =>
    {
        Method structured = Generator.Transforms.Exits.Apply(Generator.Transforms.CountedLoops.Apply(method));
        return Generator.Transforms.Versions.Apply(structured.Body, method.Parameters, new Ids(structured.FirstFreeId));
    });

    public static readonly Pass Normal = new(method => After("normal", method));

    public static readonly Pass Reversed = new(method => After("reversed", method));

    public static readonly Pass Simplified = new(method => After("simplified", method));

    public static readonly Pass WithResiduals = new(method => After("with residuals", method));

    public static readonly Pass Final = new(method => After("final", method));

    /// <summary>Checks what the pass makes of the first method among members of a class. Sections and notes are left out.</summary>
    public void Turns(string members, string into) => Assert.Equal(into.ReplaceLineEndings("\n"), Text(members));

    public string Text(string members)
    {
        string text = IrText.Of(WithoutSections(body(Source.LowerMethod(members))));
        return Source.Numbered(System.Text.RegularExpressions.Regex.Replace(text, @" site -?\d+", ""));
    }

    private static Block After(string pass, Method method)
    {
        Block? found = null;
        Differentiator.Differentiate(method, (name, block) => found = name == pass ? block : found);
        return found ?? throw new InvalidOperationException($"There is no pass '{pass}'.");
    }

    private static Block WithoutSections(Block block)
        => Block.Of(block.Statements.Where(stmt => stmt is not Section).Select(stmt => stmt.Map(expr => expr, WithoutSections)));
}
