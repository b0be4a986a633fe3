namespace Backprop.Tests;

/// <summary>State saved in a checkpoint of its own.</summary>
internal static class State
{
    public static Checkpoint Of(IStateful source)
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddState(source);
        return checkpoint;
    }

    public static void Copy(IStateful source, IStateful target) => Of(source).Root.CopyStateTo(target);
}
