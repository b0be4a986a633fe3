using Backprop.Tests;

// Trains in a folder, continuing what is there, and says after each save how far the folder is. It is made to be killed.
Console.WriteLine("started");
ResumedTraining.Run(args[0], long.Parse(args[1]), step => Console.WriteLine($"saved {step}"));
Console.WriteLine("done");
