using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The expression that a branch stands for when it only chooses between two values.</summary>
internal static class Choice
{
    private const int Widest = 90;

    /// <summary>Null where the branch reads better as a statement: <c>if (c) x = …;</c>, or a line that would be too long.</summary>
    public static Expr? Of(Expr test, Join join)
    {
        if (IsUnchanged(join, join.Then) || IsUnchanged(join, join.Else) || Width.Of(test) + Width.Of(join.Then) + Width.Of(join.Else) > Widest)
        {
            return null;
        }

        if (join.Result.Type == IrType.Bool)
        {
            if (join.Else.Is(0) && join.Else is Literal)
            {
                return new Binary(BinaryOp.AndAlso, test, join.Then, IrType.Bool);
            }

            if (join.Then is Literal { Bits: 1 })
            {
                return new Binary(BinaryOp.OrElse, test, join.Else, IrType.Bool);
            }
        }

        return new Conditional(test, join.Then, join.Else);
    }

    private static bool IsUnchanged(Join join, Expr value)
        => join.Result.Name.Length > 0 && value is Read read && Uses.Key(read.Variable) == Uses.Key(join.Result);
}
