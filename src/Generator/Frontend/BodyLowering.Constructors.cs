using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Constructors of structs, in the place of their use.</summary>
internal sealed partial class BodyLowering
{
    /// <summary>A constructor: field initializers, then its body, over a value that starts as <c>default</c>.</summary>
    private Expr Construct(IOperation site, IMethodSymbol constructor, StructType type, IReadOnlyList<Expr> arguments)
    {
        Expr made = NewValue("", type);
        Declare(made, DefaultOf(type));
        Construct(site, constructor, new VariablePlace(made), arguments);
        return made;
    }

    private void Construct(IOperation site, IMethodSymbol constructor, Place made, IReadOnlyList<Expr> arguments)
    {
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is TypeDeclarationSyntax)
        {
            ConstructPrimary(site, constructor, made, arguments);
            return;
        }

        bool delegates = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is ConstructorDeclarationSyntax { Initializer: not null };
        if (!delegates)
        {
            InitializeFields(constructor, made);
        }

        InPlace(site, constructor, made, arguments);
    }

    private void ConstructPrimary(IOperation site, IMethodSymbol constructor, Place made, IReadOnlyList<Expr> arguments)
    {
        WriteFacts outer = writes;
        writes = WriteFacts.Of(bodies, [.. InitializersOf(constructor.ContainingType).Select(static one => one.Value)]);
        BindArguments(site, constructor, null, arguments);
        var type = (StructType)made.Type;
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            ISymbol? property = constructor.ContainingType.IsRecord
                ? constructor.ContainingType.GetMembers(parameter.Name).FirstOrDefault(static p => p.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is ParameterSyntax))
                : null;
            if (property is IPropertySymbol && FieldOf(type, property) is { } field && made is VariablePlace { Target: Pack pack })
            {
                Set(PartOf(pack, field), variables[parameter.OriginalDefinition]);
            }
        }

        InitializeFields(constructor, made);
        writes = outer;
    }

    private void InitializeFields(IMethodSymbol constructor, Place made)
    {
        (Frame? outer, frame) = (frame, Inner(constructor, made, NoScope));
        foreach ((ISymbol member, IOperation value) in InitializersOf(constructor.ContainingType))
        {
            if (made is VariablePlace { Target: Pack pack } && FieldOf(pack.Struct, member) is { } field)
            {
                Set(PartOf(pack, field), Lower(value));
            }
        }

        frame = outer;
    }

    /// <summary>What fields and automatic properties begin with, in the order in which it is written.</summary>
    private IEnumerable<(ISymbol Member, IOperation Value)> InitializersOf(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers().Where(static m => !m.IsStatic && m is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol))
        {
            EqualsValueClauseSyntax? initializer = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null && compilation.GetSemanticModel(initializer.SyntaxTree).GetOperation(initializer, cancellation) is ISymbolInitializerOperation { Value: var value })
            {
                yield return (member, value);
            }
        }
    }

    public override Expr? VisitConstructorBodyOperation(IConstructorBodyOperation operation, Use use)
    {
        if (operation.Initializer is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor } other } call } && frame is { Receiver: { } made })
        {
            if (HasBody(other))
            {
                Construct(call, other, made, ArgumentOperands(call.Arguments));
            }
        }

        return Visit((IOperation?)operation.BlockBody ?? operation.ExpressionBody, Use.Effect);
    }
}
