using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator.Tests.Tensors;

/// <summary>
/// Every member of TensorPrimitives that takes floating-point numbers, called in a differentiable method: it is differentiated by its pullback, carries no
/// derivative, or is refused as the documentation says.
/// </summary>
public sealed partial class TensorPrimitivesTests
{
    private static readonly Lazy<Task<ILookup<int, Diagnostic>>> found = new(static async () =>
    {
        CSharpCompilation compilation = new Consumer().Compile(Text(TensorMember.All));
        Assert.DoesNotContain(compilation.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error);
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).ToLookup(static d => d.Location.GetLineSpan().StartLinePosition.Line - FirstLine);
    });

    private static readonly Lazy<string> emitted = new(static () => new Consumer().Generate(Text(TensorMember.All)).Text);

    private const int FirstLine = 2;

    public static TheoryData<string> All => [.. TensorMember.All.Select(static member => member.ToString())];

    [Fact]
    public void There_are_many() => Assert.InRange(TensorMember.All.Count, 400, 2000);

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_member_has_a_pullback_or_no_derivative_or_is_refused(string name)
    {
        TensorMember member = TensorMember.All.First(member => member.ToString() == name);
        string[] refusals = [.. (await found.Value)[member.Number].Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.Id)];
        bool isRefused = TensorDocs.Refused.Contains(member.Member.Name) || (member.HasHalves && member.Destinations.Any(static p => TensorMember.Carries(p.ParameterType)));
        Assert.Equal(isRefused && member.LeavesNumbers ? ["BPG112"] : [], refusals);
        if (refusals.Length == 0)
        {
            bool isPulled = member.LeavesNumbers && !member.HasHalves;
            Assert.Equal(isPulled, Emitted(member).Contains($"TensorPullbacks.{member.Member.Name}<", StringComparison.Ordinal));
            Assert.Contains(isPulled || !member.Member.Name.StartsWith("Is", StringComparison.Ordinal) ? member.Member.Name : "IsNaN", isPulled ? TensorDocs.Listed : TensorDocs.Named);
        }
    }

    [Fact]
    public void The_documentation_names_only_members()
    {
        Assert.NotEmpty(TensorDocs.Listed);
        Assert.All(TensorDocs.Listed, static name => Assert.Contains(TensorMember.All, member => member.Member.Name == name));
    }

    /// <summary>What is emitted for a member, and nothing of what is emitted for others.</summary>
    private static string Emitted(TensorMember member) => Regex.Match(emitted.Value, $@" {member.Name}Backward\(.*?\n    }}\n", RegexOptions.Singleline).Value is { Length: > 0 } text ? text : throw new InvalidOperationException(member + " has no backward pass.");

    [Fact]
    public void What_is_emitted_compiles()
        => new Consumer().Generate(Text(TensorMember.All.Where(static member => !member.HasHalves && !TensorDocs.Refused.Contains(member.Member.Name)))).CompilesCleanly();

    [Fact]
    public void What_is_emitted_for_a_type_parameter_compiles()
    {
        string[] methods = [.. TensorMember.All.Where(static member => !TensorDocs.Refused.Contains(member.Member.Name)).Select(static member => member.GenericMethod).OfType<string>()];
        Assert.InRange(methods.Length, 100, 1000);
        new Consumer().Generate(Text(methods)).CompilesCleanly();
    }

    private static string Text(IEnumerable<TensorMember> members) => Text(members.Select(static member => member.Method));

    private static string Text(IEnumerable<string> methods) => $$"""
        using System; using System.Numerics; using System.Numerics.Tensors; using Backprop;
        public static partial class Members {
        {{string.Join("\n", methods)}}
        }
        """;
}
