using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Collects what is wrong with one method; a place is reported once for each code.</summary>
internal sealed class Report
{
    private readonly List<Diagnostic> diagnostics = [];
    private readonly HashSet<(string Id, Location Location)> seen = [];

    /// <summary>No IR can be made.</summary>
    public bool HasFailed { get; private set; }

    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    /// <summary>The compiler reports an error of its own: make no IR, and say nothing.</summary>
    public void Abandon() => HasFailed = true;

    public void Add(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        HasFailed |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        if (seen.Add((descriptor.Id, location)))
        {
            diagnostics.Add(Diagnostic.Create(descriptor, location, arguments));
        }
    }
}
