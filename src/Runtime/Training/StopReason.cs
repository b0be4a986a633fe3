namespace Backprop;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs or steps are done.</summary>
    Completed,

    /// <summary>The caller asked for the end.</summary>
    Cancelled,

    /// <summary>A callback asked for the end; <see cref="TrainingRun.Detail"/> says why.</summary>
    Callback,

    /// <summary>Too many steps in a row had no finite loss or gradient; the last good state was restored.</summary>
    NonFinite,
}
