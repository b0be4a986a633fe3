namespace Backprop.Fuzz.Generation;

/// <summary>Names that emitted code would like to use itself.</summary>
internal static class Hostile
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "seed", "residuals", "store", "gradient", "dx", "dx1", "x", "y", "da", "d", "dItem", "item", "item1", "sum", "product", "product1", "buffer", "slice", "slice1", "test",
        "which", "start", "count", "trip", "trips", "index", "i", "j", "recorded", "recordedX", "recordedItem", "old", "oldX", "difference", "choice", "whole", "number", "length",
        "memory", "memoryThen", "row", "result", "position", "ratio", "opposite", "bits", "kept", "helper1", "recursive", "FBackward", "FResiduals", "Require", "ResidualStore",
        "Residuals", "Unsafe", "TensorPullbacks", "MemoryMarshal", "Backward", "nameof", "var", "field", "@class", "@event", "@in", "@ref", "größe", "_x", "x_",
    ];
}
