namespace Backprop.Tests;

/// <summary>Remembers the events it is told of.</summary>
public sealed class Recorder : ITrainingCallback
{
    private readonly List<string> events = [];

    public Action<StepResult>? OnStep { get; set; }

    public Action<EpochRecord>? OnEpoch { get; set; }

    public Action<TrainingContext>? OnEpochContext { get; set; }

    /// <summary>The events in order, repeated steps as one.</summary>
    public string Summary
    {
        get
        {
            var groups = new List<string>();
            for (int i = 0; i < events.Count;)
            {
                int run = events.Skip(i).TakeWhile(e => e == events[i]).Count();
                groups.Add(events[i] == "step" ? $"step*{run}" : events[i]);
                i += events[i] == "step" ? run : 1;
            }

            return string.Join(' ', groups);
        }
    }

    public void OnFitStart(TrainingContext context) => events.Add("start");

    public void OnStepEnd(TrainingContext context, in StepResult result)
    {
        events.Add("step");
        OnStep?.Invoke(result);
    }

    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        events.Add("epoch");
        OnEpoch?.Invoke(record);
        OnEpochContext?.Invoke(context);
    }

    public void OnStopping(TrainingContext context) => events.Add("stopping");

    public void OnFitEnd(TrainingContext context, TrainingRun run) => events.Add("end");
}
