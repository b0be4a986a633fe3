using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Local functions, and lambdas held in a local: their bodies stand in the place of each call. What they capture is the caller's own variable.</summary>
internal sealed partial class BodyLowering
{
    // Lambdas by the local that holds them.
    private readonly Dictionary<ISymbol, IAnonymousFunctionOperation> lambdas = new(SymbolEqualityComparer.Default);

    // Where it stands a local function does nothing.
    public override Expr? VisitLocalFunction(ILocalFunctionOperation operation, Use use) => null;

    /// <summary>Whether a local holds one lambda from beginning to end and is only called.</summary>
    private bool HoldsLambda(ILocalSymbol local, IOperation? value)
    {
        if (value is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } || writes.IsAssigned(local) || !IsOnlyCalled(local, RootOf(value)))
        {
            return false;
        }

        lambdas[local] = lambda;
        return true;
    }

    private static bool IsOnlyCalled(ILocalSymbol local, IOperation root) => root.Descendants().OfType<ILocalReferenceOperation>()
        .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
        .All(static reference => reference.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call && call.Instance == reference);

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>The function that a call runs, if its body stands in this method.</summary>
    private (IMethodSymbol Symbol, IBlockOperation Body)? LocalFunctionOf(IInvocationOperation operation)
    {
        if (operation.Instance is ILocalReferenceOperation { Local: var local } && lambdas.TryGetValue(local, out IAnonymousFunctionOperation? lambda))
        {
            return (lambda.Symbol, lambda.Body);
        }

        return operation.TargetMethod.MethodKind == MethodKind.LocalFunction
            && RootOf(operation).Descendants().OfType<ILocalFunctionOperation>().FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Symbol, operation.TargetMethod.OriginalDefinition)) is { Body: { } body } function
            ? (function.Symbol, body)
            : null;
    }

    private Expr LowerLocalCall(IInvocationOperation operation, IMethodSymbol target, IBlockOperation body)
    {
        if (ProblemOf(target) is var (reason, instead))
        {
            return Refuse(operation, Descriptors.Function, $"'{CSharpText.Short(target)}'", reason, instead);
        }

        (List<Stmt>, int) outer = hoist;
        HashSet<int> sharedBefore = [.. shared];
        BindParameters(operation.Arguments, target);

        // A second call, also one among the arguments, declares its variables anew.
        Forget(body.Descendants());
        Expr value = LowerInPlace(target, frame?.Receiver, body);
        shared.IntersectWith(sharedBefore);
        hoist = outer;
        return value is Read or Pack ? Stable(value) : value;
    }

    // Variables that go by a second name in the body that is being lowered: a write to either may stand anywhere.
    private readonly HashSet<int> shared = [];

    private void BindParameters(IReadOnlyList<IArgumentOperation> arguments, IMethodSymbol target)
    {
        List<(IParameterSymbol Parameter, Place? Place, Expr? Value)> bound = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            IOperation[] later = [.. arguments.Skip(i + 1)];
            IParameterSymbol parameter = target.Parameters[arguments[i].Parameter!.Ordinal];
            Place? place = parameter.RefKind switch
            {
                RefKind.None => null,
                RefKind.Ref or RefKind.Out => PlaceOf(arguments[i].Value, later),
                _ => SeenPlace(arguments[i].Value, later),
            };
            bound.Add((parameter, place, place is null ? Protect(Operand(arguments[i].Value), later) : null));
        }

        foreach ((IParameterSymbol parameter, Place? place, Expr? value) in bound)
        {
            references.Remove(parameter);
            if (place is VariablePlace { Target: var variable })
            {
                variables[parameter] = variable;
                shared.UnionWith(Reads(variable).Select(static read => read.Variable.Id));
            }
            else if (place is ElementPlace { Element: var element })
            {
                references[parameter] = Fixed(element);
            }
            else if (value is { Type: { IsMemory: true } and not StructType } && !writes.IsAssigned(parameter))
            {
                variables[parameter] = Stable(value);
            }
            else
            {
                Declare(NewValue(parameter, parameter.Type), value);
            }
        }
    }

    private (string Reason, string Instead)? ProblemOf(IMethodSymbol target)
    {
        for (Frame? level = frame; level is not null; level = level.Outer)
        {
            if (SymbolEqualityComparer.Default.Equals(level.Method, target))
            {
                return ("it calls itself, so its body cannot be put in the place of the call", "make it a method of the type and mark that with [Differentiable]");
            }
        }

        return target.IsAsync || target.IsGenericMethod ? ("its body cannot be put in the place of the call", "make it a method of the type and mark that with [Differentiable]")
            : target.ReturnsByRef || target.ReturnsByRefReadonly ? ("it returns a reference", "let it return the value")
            : !target.ReturnsVoid && TypeOf(target.ReturnType) is { IsMemory: true } and not (StructType or ArrayType or SpanType) ? ("it returns memory", "let it fill memory that the method has made")
            : null;
    }

    private void Forget(IEnumerable<IOperation> operations)
    {
        foreach (ISymbol own in operations.SelectMany(Declarations.Of))
        {
            variables.Remove(own);
            references.Remove(own);
        }
    }
}
