namespace Backprop.Generator.Tests.Frontend;

public sealed class ScratchTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Dump()
    {
        foreach (string block in File.ReadAllText("/tmp/cases.txt").Split("----\n"))
        {
            output.WriteLine("==== " + block);
            var compilation = Source.Compile(Source.InClass(block));
            foreach (var d in compilation.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)) output.WriteLine("CS!! " + d);
            var lowered = Source.Lower(compilation);
            foreach (var d in lowered.Diagnostics) output.WriteLine("DIAG " + d);
            if (lowered.Method is not null && !lowered.Diagnostics.Any(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error) && compilation.GetDiagnostics().All(d => d.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Error)) output.WriteLine(Source.BodyText(block));
        }
    }
}
