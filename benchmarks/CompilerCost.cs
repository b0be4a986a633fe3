using System.Diagnostics;
using Backprop.Generator;

namespace Backprop.Benchmarks;

/// <summary>
/// By how much generator and analyzer make a build from nothing longer: the SDK's compiler, started anew for each compilation, without a server; and one that
/// serves build after build, as it does for who works on a project.
/// </summary>
internal static class CompilerCost
{
    private const int Rounds = 3;
    private const int Served = 6;

    private sealed record Cost(double Elapsed, double Processor)
    {
        public static Cost operator -(Cost a, Cost b) => new(a.Elapsed - b.Elapsed, a.Processor - b.Processor);

        public Cost Least(Cost other) => new(Math.Min(Elapsed, other.Elapsed), Math.Min(Processor, other.Processor));

        public override string ToString() => $"{Elapsed,6:F0} ms elapsed, {Processor,6:F0} ms of processor time";
    }

    /// <summary>Prints by how much a build grows; returns the elapsed time that it takes longer, in milliseconds.</summary>
    public static double Run(string source)
    {
        string folder = Directory.CreateTempSubdirectory("generator-cost").FullName;
        try
        {
            return Run(source, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Run(string source, string folder)
    {
        string file = Path.Combine(folder, "Model.cs"), emitted = Path.Combine(folder, "emitted");
        File.WriteAllText(file, source);
        Directory.CreateDirectory(emitted);
        string[] with = [file, $"-analyzer:{typeof(DifferentiableGenerator).Assembly.Location}"];
        Compile(folder, [.. with, $"-generatedfilesout:{emitted}"]);
        string[] text = [file, .. Directory.GetFiles(emitted, "*.cs", SearchOption.AllDirectories)];
        if (text.Length == 1)
        {
            throw new InvalidOperationException("The compiler generated nothing.");
        }

        (Cost alone, Cost generated, Cost written) = Round();
        for (int i = 1; i < Rounds; i++)
        {
            (Cost a, Cost g, Cost w) = Round();
            (alone, generated, written) = (alone.Least(a), generated.Least(g), written.Least(w));
        }

        Console.WriteLine($"the compiler, without generator          {alone}   (least of {Rounds}, compiler {Path.GetFileName(Sdk())})");
        Console.WriteLine($"what generator and analyzer add to it    {generated - alone}");
        Console.WriteLine($"  of it, the compiling of what is emitted{written - alone}");
        Console.WriteLine($"  of it, generator and analyzer          {generated - written}");
        Serve(folder, file, with);
        return (generated - alone).Elapsed;

        (Cost Alone, Cost Generated, Cost Written) Round() => (Compile(folder, [file]), Compile(folder, with), Compile(folder, text));
    }

    /// <summary>The first build of a server is as slow as any; from then on its code is compiled.</summary>
    private static void Serve(string folder, string file, string[] with)
    {
        string server = $"-shared:cost{Environment.ProcessId}", end = "-keepalive:5";
        double[] longer = [.. Enumerable.Range(0, Served).Select(_ => -Compile(folder, [file], server, end).Elapsed + Compile(folder, with, server, end).Elapsed)];
        Console.WriteLine($"in a server, build after build           {string.Join(", ", longer.Select(static time => time.ToString("F0")))} ms elapsed");
    }

    private static Cost Compile(string folder, string[] arguments, params string[] client)
    {
        string response = Path.Combine(folder, "options.rsp");
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(DifferentiableAttribute).Assembly.Location)
            .Select(path => $"-reference:\"{path}\"");
        File.WriteAllLines(response, [.. arguments.Select(argument => $"\"{argument}\""), .. references, "-nostdlib", "-target:library", "-unsafe", "-optimize", "-langversion:latest", "-nologo", $"-out:\"{Path.Combine(folder, "Model.dll")}\""]);
        long start = Stopwatch.GetTimestamp();
        using Process compiler = Process.Start(new ProcessStartInfo(Dotnet(), ["exec", Path.Combine(Sdk(), "Roslyn", "bincore", "csc.dll"), .. client, "-noconfig", "@" + response]) { RedirectStandardOutput = true })!;
        Task<string> output = compiler.StandardOutput.ReadToEndAsync();
        TimeSpan processor = default;
        do
        {
            // Of a process that has ended it is not known everywhere.
            compiler.Refresh();
            processor = compiler.HasExited ? processor : Processor(compiler, processor);
        }
        while (!compiler.WaitForExit(5));

        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return compiler.ExitCode == 0 ? new(elapsed, processor.TotalMilliseconds) : throw new InvalidOperationException("The compiler failed: " + output.Result);
    }

    /// <summary>What it was when it was last known, where the process has just ended.</summary>
    private static TimeSpan Processor(Process process, TimeSpan last)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return last;
        }
    }

    private static string Root() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private static string Dotnet() => Path.Combine(Root(), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    private static string Sdk() => Directory.GetDirectories(Path.Combine(Root(), "sdk"))
        .Where(folder => Version.TryParse(Path.GetFileName(folder), out _))
        .MaxBy(folder => Version.Parse(Path.GetFileName(folder))) ?? throw new InvalidOperationException("The SDK was not found beside the running framework.");
}
