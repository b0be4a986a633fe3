using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Whether a method can be differentiated as it is declared.</summary>
internal static class Signature
{
    public static void Check(IMethodSymbol method, SyntaxNode declaration, Compilation compilation, Report report)
    {
        Location place = NameOf(declaration).GetLocation();
        Modes.Check(method, report);
        CheckKind(method, declaration, place, report);
        CheckContainer(method.ContainingType, method.Name, place, report);
        SlotCheck.Check(method, place, report);
        if (new EmittedSignatures(method, compilation).Taken() is { } name)
        {
            report.Add(Descriptors.NameTaken, place, method.ContainingType.Name, name, method.Name);
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            CheckParameter(parameter, report);
        }

        if (!report.HasFailed && (method.IsStatic || WantedOf(method.ContainingType) == Wanted.Nothing) && method.Parameters.All(static p => p.RefKind == RefKind.Out || WantedOf(p) == Wanted.Nothing))
        {
            report.Add(Descriptors.NoDifferentiableParameter, place, method.Name);
        }

        CheckReturn(method, declaration, report);
    }

    /// <summary>Where a method's own diagnostics are reported.</summary>
    public static SyntaxToken NameOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax m => m.Identifier,
        LocalFunctionStatementSyntax f => f.Identifier,
        OperatorDeclarationSyntax o => o.OperatorToken,
        ConversionOperatorDeclarationSyntax c => c.OperatorKeyword,
        AccessorDeclarationSyntax a => a.Keyword,
        _ => declaration.GetFirstToken(),
    };

    public static Wanted WantedOf(IParameterSymbol parameter)
        => Attributes.HasNoGradient(parameter) || !FloatingContent.MayHold(parameter.Type) ? Wanted.Nothing : Wanted.Gradient;

    public static Wanted WantedOf(INamedTypeSymbol receiver) => TypeLowering.Lower(receiver) is StructType or ObjectType ? Wanted.Gradient : Wanted.Nothing;

    private static void CheckKind(IMethodSymbol method, SyntaxNode declaration, Location place, Report report)
    {
        string? kind = method switch
        {
            { IsAsync: true } => "asynchronous",
            { MethodKind: MethodKind.LocalFunction } => "a local function",
            { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => "an operator",
            _ when CSharpText.IsExtensionBlock(method.ContainingType) => "a member of an extension block",
            { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "an explicit interface implementation",
            { MethodKind: not (MethodKind.Ordinary or MethodKind.DeclareMethod) } => "an accessor or constructor",
            { ContainingType.TypeKind: TypeKind.Interface, IsVirtual: true } => "a method of an interface with a body",
            _ => IsIterator(declaration) ? "an iterator" : IsInVariant(method.ContainingType) ? "in an interface with 'in' or 'out' type parameters" : null,
        };
        if (kind is not null)
        {
            report.Add(Descriptors.NotOrdinary, place, method.Name, kind);
        }
        else if (method.IsExtern || HasBody(declaration) == method.IsAbstract)
        {
            report.Add(Descriptors.NoBody, place, method.Name);
        }
        else if (!method.IsStatic && TypeLowering.Lower(method.ContainingType) is not (StructType or ObjectType) && FloatingContent.MayHold(method.ContainingType))
        {
            report.Add(Descriptors.InstanceMethod, place, method.Name);
        }
    }

    // Such an interface can hold no struct, and the forward pass needs one.
    private static bool IsInVariant(INamedTypeSymbol? type)
        => type is not null && (type.TypeParameters.Any(static p => p.Variance != VarianceKind.None) || IsInVariant(type.ContainingType));

    private static bool IsIterator(SyntaxNode declaration)
        => declaration.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static n => n is YieldStatementSyntax);

    private static bool HasBody(SyntaxNode declaration)
        => declaration is BaseMethodDeclarationSyntax method && (method.Body is not null || method.ExpressionBody is not null);

    /// <summary>Members can be added to a type and to those around it.</summary>
    /// <param name="name">Of the method or type for which they are.</param>
    public static void CheckContainer(INamedTypeSymbol innermost, string name, Location place, Report report)
    {
        for (INamedTypeSymbol? type = innermost; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                report.Add(Descriptors.FileLocal, place, type.Name, name);
            }

            bool isPartial = type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>()
                .Any(static d => d.Modifiers.Any(SyntaxKind.PartialKeyword));
            if (!isPartial && !CSharpText.IsExtensionBlock(type))
            {
                report.Add(Descriptors.NotPartial, place, type.Name, name);
            }

            // Two types of one name are no C#, yet each would have its file: under the same name.
            if (type.ContainingSymbol is INamespaceOrTypeSymbol around && around.GetTypeMembers(type.Name, type.Arity).Length > 1)
            {
                report.Add(Descriptors.NameTaken, place, around.Name, type.Name, name);
            }
        }
    }

    private static void CheckParameter(IParameterSymbol parameter, Report report)
    {
        if (WantedOf(parameter) == Wanted.Nothing)
        {
            return;
        }

        (string Reason, string Instead)? problem = Problem(parameter);
        if (problem is { } found)
        {
            Location place = parameter.Locations.FirstOrDefault() ?? Location.None;
            report.Add(Descriptors.ParameterType, place, parameter.Name, CSharpText.Short(parameter.Type), found.Reason, found.Instead);
        }
    }

    private static (string Reason, string Instead)? Problem(IParameterSymbol parameter)
    {
        IrType type = TypeLowering.Lower(parameter.Type);
        if (type is { IsMemory: true } and not StructType && parameter.RefKind is RefKind.Ref or RefKind.Out)
        {
            return ("and another array or span may be put in its place, so its gradient has no one place", "pass it by value, which lets its elements be written");
        }

        return IsDifferentiable(type) ? null
            : type.HoldsFloating ? ("whose gradient is not yet supported", "use T[], T[,], T[][], Span<T>, ReadOnlySpan<T> or Memory<T> of float or double")
            : ("which may hold floating-point numbers whose gradient is not yet supported", "pass the numbers as float, double or arrays of them, or mark it [NoGradient] if it is a constant");
    }

    private static bool IsDifferentiable(IrType type) => type switch
    {
        ScalarType => type.IsFloating,
        StructType or ObjectType => true,
        ArrayType { Rank: 1, ElementType: ArrayType { Rank: 1, ElementType: var inner } } => inner is StructType or { IsFloating: true },
        ArrayType { Rank: 1 } or SpanType or MemoryType => type.Element is StructType or ObjectType or { IsFloating: true },
        ArrayType => type.Element is StructType or { IsFloating: true },
        _ => false,
    };

    private static void CheckReturn(IMethodSymbol method, SyntaxNode declaration, Report report)
    {
        IrType type = TypeLowering.Lower(method.ReturnType);
        bool isArray = type is ArrayType { Rank: 1, ElementType.IsFloating: true };
        bool isInactive = !FloatingContent.MayHold(method.ReturnType);
        bool isRef = method.ReturnsByRef || method.ReturnsByRefReadonly;
        if (!isRef && (type.IsFloating || type is StructType || isArray || isInactive || method.IsAsync))
        {
            return;
        }

        Location place = (declaration as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? NameOf(declaration).GetLocation();
        (string reason, string instead) = isRef
            ? ("by reference, and a write through it could not be followed", "return the value")
            : ("whose gradient is not yet supported", "return float, double or an array of them, or store the results into a span parameter");
        report.Add(Descriptors.ReturnType, place, method.Name, CSharpText.Short(method.ReturnType), reason, instead);
    }
}
