using System.Diagnostics;
using System.Globalization;
using Backprop;
using Digits;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

ulong seed = 1;
int epochs = 12;
string? data = null, checkpoints = null;
for (int i = 0; i < args.Length; i += 2)
{
    bool isKnown = i + 1 < args.Length && args[i] switch
    {
        "--seed" => ulong.TryParse(args[i + 1], out seed),
        "--epochs" => int.TryParse(args[i + 1], out epochs) && epochs >= 2,
        "--data" => (data = args[i + 1]).Length > 0,
        "--checkpoints" => (checkpoints = args[i + 1]).Length > 0,
        _ => false,
    };
    if (!isKnown)
    {
        Console.Error.WriteLine($"'{string.Join(' ', args[i..])}' is not understood.");
        Console.Error.WriteLine("Digits [--seed N] [--epochs N (2 or more)] [--data FOLDER of IDX files] [--checkpoints FOLDER]");
        return 2;
    }
}

var clock = Stopwatch.StartNew();
string path = checkpoints ?? Directory.CreateTempSubdirectory("digits-").FullName;
try
{
    Digit[] train = data is null ? Renderer.Draw(seed, "train", 6000) : IdxFile.Read(data, "train");
    Digit[] test = data is null ? Renderer.Draw(seed, "test", 2000) : IdxFile.Read(data, "t10k");
    Console.WriteLine($"{train.Length} digits to learn from, {test.Length} held out ({clock.Elapsed.TotalSeconds:F1} s). Some of them:");
    Console.WriteLine(Report.Draw(test.Take(5)));

    // The first half, then a new trainer that knows nothing but what the folder holds.
    await new DigitTraining(train, test, seed, epochs).RunAsync(new CheckpointFolder(path), epochs / 2);
    var training = new DigitTraining(train, test, seed, epochs);
    TrainingRun run = await training.RunAsync(new CheckpointFolder(path), epochs);

    Console.WriteLine("epoch     loss   held out   accuracy");
    foreach (EpochRecord record in run.History)
    {
        Console.WriteLine(
            $"{record.Epoch + 1,5}   {record.Loss,6:F4}     {record.ValidationLoss,6:F4}   {100 * record.Find("accuracy"),6:F2} %"
            + (record.Epoch + 1 == epochs / 2 ? "   saved, and resumed by another trainer" : ""));
    }

    Console.WriteLine();
    Console.WriteLine(Report.Table(training.Confusion));
    Console.WriteLine($"{100 * training.Accuracy:F2} % of the held-out digits recognised, {clock.Elapsed.TotalSeconds:F1} s in all.");
    return training.Accuracy >= 0.97 ? 0 : 1;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or CheckpointException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
finally
{
    if (checkpoints is null)
    {
        Directory.Delete(path, recursive: true);
    }
}
