namespace Backprop.Fuzz.Faults;

internal static class MutationTest
{
    public static bool Run(int first, TextWriter output) => first > 0 && output is not null;
}
