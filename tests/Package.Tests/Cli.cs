using System.Diagnostics;

namespace Backprop.Packaging.Tests;

/// <summary>The <c>dotnet</c> command, as a user runs it.</summary>
internal static class Cli
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    /// <summary>What the command printed. Fails the test, with that text, where the command fails.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        (int code, string output, string errors) = Outcome(folder, arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} in {folder} failed:\n{output}{errors}");
        return output;
    }

    /// <summary>How the command ended, and what it printed.</summary>
    public static (int Code, string Output, string Errors) Outcome(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test runner's own settings would make the command build with other tools than a user's.
        foreach (string name in start.Environment.Keys.Where(static k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} did not end.");
        }

        return (process.ExitCode, output.Result, errors.Result);
    }
}
