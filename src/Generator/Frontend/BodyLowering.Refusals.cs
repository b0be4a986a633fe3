using System.Text.RegularExpressions;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>What cannot be lowered, and how that is said.</summary>
internal sealed partial class BodyLowering
{
    private static readonly Regex wordStart = new("(?<!^)(?=[A-Z])");

    private Expr Refuse(IOperation operation, DiagnosticDescriptor descriptor, params object[] arguments)
    {
        report.Add(descriptor, operation.Syntax.GetLocation(), arguments);
        return new Default(TypeOf(operation));
    }

    // What is refused at a part of an expression has the part's type.
    private Expr? Fitting(Expr? value, IOperation operation) => value is Default && report.HasFailed && operation.Type is not null ? new Default(TypeOf(operation)) : value;

    private Expr RefuseUnknown(IOperation operation)
        => Refuse(operation, Descriptors.UnknownConstruct, wordStart.Replace(operation.Syntax.Kind().ToString(), " ").ToLowerInvariant());

    private Expr RefuseDynamic(IOperation operation)
        => Refuse(operation, Descriptors.CompositeValue, "dynamic", "is computed in a way that is known only when the program runs", "cast it to its type in the caller, and take that");

    private Expr? RefuseStatement(IOperation operation, string construct, string reason, string instead)
    {
        report.Add(Descriptors.Statement, operation.Syntax.GetFirstToken().GetLocation(), construct, reason, instead);
        return null;
    }

    private Expr? RefuseFunction(IOperation operation, Location location, string construct)
    {
        report.Add(Descriptors.Function, location, construct, "its body runs where it is called, not where it stands", "write its body in that place");
        return operation.Type is null ? null : new Default(TypeOf(operation));
    }

    private Expr RefuseComposite(IOperation operation)
    {
        (string reason, string instead) = operation.Type is INamedTypeSymbol { TypeKind: TypeKind.Struct } type && StructLowering.CapturedBy(type) is { } captured
            ? ($"has a field without a name, because its members use '{captured}' of its primary constructor", "initialise a field or property with it, and use that")
            : ("made from numbers that may carry a derivative is not yet supported", "keep the numbers in float or double variables, arrays or spans");
        return Refuse(operation, Descriptors.CompositeValue, operation.Type is { } given ? CSharpText.Short(given) : "void", reason, instead);
    }

    private Expr RefuseReassigned(IOperation operation, string what, string instead)
        => Refuse(operation, Descriptors.MemoryReassigned, what, instead);

    public override Expr? VisitAnonymousFunction(IAnonymousFunctionOperation operation, Use use)
        => RefuseFunction(operation, operation.Syntax.GetLocation(), "A lambda");

    public override Expr? VisitDelegateCreation(IDelegateCreationOperation operation, Use use)
        => RefuseFunction(operation, operation.Syntax.GetLocation(), operation.Target is IAnonymousFunctionOperation ? "A lambda" : "A method group");

    public override Expr? VisitTranslatedQuery(ITranslatedQueryOperation operation, Use use) => RefuseQuery(operation);

    private Expr RefuseQuery(IOperation operation)
        => Refuse(operation, Descriptors.Function, "A query", "its elements are computed elsewhere, when somebody asks for them", "write a loop");

    private Expr RefuseParallel(IInvocationOperation operation)
    {
        SyntaxNode name = operation.Syntax is InvocationExpressionSyntax call ? call.Expression : operation.Syntax;
        report.Add(Descriptors.Function, name.GetLocation(), $"'{name}'", "the order of its iterations is not known", "write a 'for' loop");
        return new Default(TypeOf(operation));
    }

    public override Expr? VisitAddressOf(IAddressOfOperation operation, Use use)
        => RefuseUnknown(operation);

    /// <summary>A value made of others: C# text while no floating-point number goes in.</summary>
    private Expr Compose(IOperation operation, IReadOnlyList<IOperation> parts, Action<ExternalText, Expr[]> write)
    {
        if (parts.Any(p => TypeOf(p).CarriesDerivative()))
        {
            return RefuseComposite(operation);
        }

        var text = new ExternalText();
        write(text, Operands([.. parts]));
        return text.Build(TypeOf(operation), Effect.Pure, Site(operation, CSharpText.Short(operation.Type!)));
    }

    private static void Separated(ExternalText text, IReadOnlyList<Expr> holes)
    {
        for (int i = 0; i < holes.Count; i++)
        {
            text.Text(i == 0 ? "" : ", ").Hole(holes[i]);
        }
    }
}
