using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Prints IR in printable form as C#.</summary>
internal static class Printer
{
    public static string Print(Unit unit) => "";
}
