using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Transforms;

/// <summary>What evaluating an expression may do besides giving its value. Anything but nothing keeps its order.</summary>
[Flags]
internal enum Effects
{
    None = 0,

    /// <summary>Reads a variable that others may write (a <c>ref</c> parameter); cannot throw.</summary>
    Peeks = 1,

    /// <summary>Reads storage, with the index check.</summary>
    Loads = 2,

    /// <summary>May throw something of its own, or runs code that may.</summary>
    Throws = 4,

    Writes = 8,
}

/// <summary>Finds the effects of expressions and statements of one function.</summary>
/// <param name="addressed">Variables that others may write: see <see cref="Uses.Addressed"/>.</param>
internal sealed class EffectsOf(HashSet<int> addressed)
{
    private static readonly HashSet<string> throwingPrimitives = ["Sign", "Clamp", "Round", "Abs", "DivRem", "CreateChecked"];

    public bool IsAddressed(Variable variable) => addressed.Contains(variable.Id);

    /// <summary>Effects of an expression with all its operands.</summary>
    public Effects Whole(Expr expr)
    {
        Effects effects = Node(expr);
        foreach (Expr operand in Operands.Of(expr))
        {
            effects |= Whole(operand);
        }

        return effects;
    }

    /// <summary>Effects of the last step of an expression, after its operands.</summary>
    public Effects Node(Expr expr) => expr switch
    {
        Read e => IsAddressed(e.Variable) ? Effects.Peeks : Effects.None,
        Element => Effects.Loads,
        Unary e => Checked(e.Overflow, e.Type),
        Binary { Op: BinaryOp.Divide or BinaryOp.Remainder } e when !e.Type.IsFloating => Divides(e.Right),
        Binary e => e.Type is OpaqueType || e.Left.Type is OpaqueType ? Effects.Throws : Checked(e.Overflow, e.Type),
        IR.Convert e => e.Type is OpaqueType || e.Operand.Type is OpaqueType ? Effects.Throws : Checked(e.Overflow, e.Type),
        Apply e => Primitive(e),
        External { Effect: Effect.Pure } e => PartsRules.Find(e.Rule) is { CanThrow: true } ? Effects.Throws : Effects.None,
        External { Effect: Effect.Reads } => Effects.Loads | Effects.Throws,
        External => Effects.Loads | Effects.Throws | Effects.Writes,
        Allocate => Effects.Throws,
        Slice e => IsWhole(e) ? Effects.None : Effects.Throws,
        _ => Effects.None,
    };

    /// <summary>Effects of a block with everything in it and the values at its end.</summary>
    public Effects Whole(Block block)
    {
        Effects effects = Effects.None;
        foreach (Stmt statement in block.Statements)
        {
            effects |= Whole(statement);
        }

        return effects;
    }

    public Effects Whole(Stmt statement)
    {
        Effects effects = statement switch
        {
            Store or Accumulate or WriteBack or Fill or Copy or Using => Effects.Writes | Effects.Throws,
            Throw or Return => Effects.Throws,
            _ => Effects.None,
        };
        foreach (Expr expr in Parts.Expressions(statement))
        {
            effects |= Whole(expr);
        }

        foreach ((Block block, IEnumerable<Expr> values) in Parts.Blocks(statement))
        {
            effects |= Whole(block);
            foreach (Expr value in values)
            {
                effects |= Whole(value);
            }
        }

        return effects;
    }

    /// <summary>A view of all of its storage.</summary>
    public static bool IsWhole(Slice slice)
        => slice.Start.Is(0) && slice.Count is Length { Dimension: Length.Whole, Memory: Read counted } && slice.Memory is Read viewed
            && counted.Variable.Id == viewed.Variable.Id;

    private static Effects Checked(Overflow overflow, IrType type)
        => overflow == Overflow.Checked && !type.IsFloating ? Effects.Throws : Effects.None;

    // Dividing by a constant cannot throw, unless it is 0, or −1 (the smallest number has no opposite).
    private static Effects Divides(Expr by) => by is Literal { Bits: not (0 or -1) } ? Effects.None : Effects.Throws;

    private static Effects Primitive(Apply apply)
    {
        string name = apply.Primitive.Substring(apply.Primitive.LastIndexOf('.') + 1);
        bool throws = throwingPrimitives.Contains(name) && !(name == "Abs" && apply.Type.IsFloating)
            && !(name == "Round" && apply.Arguments.Count == 1);
        return throws ? Effects.Throws : Effects.None;
    }
}
