using System.Globalization;
using System.Reflection;
using Darts;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

ulong seed = 1;
int throws = 400;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--show":
            return Show();
        case "--seed" when i + 1 < args.Length && ulong.TryParse(args[i + 1], out seed):
        case "--throws" when i + 1 < args.Length && int.TryParse(args[i + 1], out throws) && throws >= 50:
            i++;
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is not understood.");
            Console.Error.WriteLine("Darts [--seed N] [--throws N (50 or more)] [--show]");
            return 2;
    }
}

Dart[] darts = Dart.Draw(seed, throws);
Console.WriteLine("throws   mean miss   points a dart   speed   elevation   azimuth   lean   stance    grip");
Practice.Train(darts, (t, thrown) =>
{
    if (thrown is 10 or 25 or 50 || thrown % 50 == 0)
    {
        Hit[] last = [.. darts.Take(thrown).TakeLast(thrown <= 10 ? 10 : 25).Select(dart => dart.Hit)];
        Console.WriteLine(
            $"{thrown,6}   {100 * last.Average(hit => hit.Distance),6:F1} cm   {last.Average(Dartboard.Score),13:F1}"
            + $"   {t.Speed,5:F2}   {t.Elevation,9:F3}   {t.Azimuth,7:F3}   {t.Lean,4:F2}   {t.Stance,6:F3}   {t.Grip,5:F3}");
    }
});

Hit[] hits = [.. darts.Select(dart => dart.Hit)];
Console.WriteLine();
Console.WriteLine("The first 25 darts:");
Console.WriteLine(Dartboard.Draw(hits.Take(25)));
Console.WriteLine("The last 50 darts:");
Console.WriteLine(Dartboard.Draw(hits.TakeLast(50)));
double miss = hits.TakeLast(50).Average(hit => hit.Distance);
Console.WriteLine($"Mean miss of the last 50: {100 * miss:F1} cm (first 10: {100 * hits.Take(10).Average(hit => hit.Distance):F1} cm).");
return miss < 0.06 ? 0 : 1;

static int Show()
{
    string folder = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "GeneratedFiles").Value!;
    string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.g.cs", SearchOption.AllDirectories) : [];
    if (files.Length == 0)
    {
        Console.Error.WriteLine($"There is no generated code in {folder}: it is written when the sample is built from its source.");
        return 1;
    }

    foreach (string file in files.Where(file => Path.GetFileName(file) == "Darts.Flight.Miss.g.cs"))
    {
        Console.WriteLine(File.ReadAllText(file));
    }

    return 0;
}
