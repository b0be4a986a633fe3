using System;
using System.Globalization;
using Backprop;
using Consumer.App;

double dx = 0, dBy = 0;
double walked = Everywhere.WalkBackward(0.7, 1.1, 3, ref dx, ref dBy);
Print("Walk", walked == Everywhere.Walk(0.7, 1.1, 3), dx, dBy);

(double value, double gradient) = Everywhere.FriendGradient(2);
Print("Friend", value == 16, gradient);

float single = 0, seed1 = 0;
float scaled = Outer<string>.Inner.ScaleBackward(2, 3, "name", ref single, ref seed1);
Print("Scale", scaled == 6, single, seed1);

Network network = new();
Network step = network.ZerosLike();
double dInput = 0;
double loss = network.LossBackward(0.5, 1, step, ref dInput);
Print("Loss", loss == 6.25, step.First.Weight, step.Bias[0], step.Bias[1], step.Scale, dInput);

Sgd optimizer = new() { LearningRate = 0.01 };
for (int i = 0; i < 200; i++)
{
    Network slope = network.ZerosLike();
    _ = network.LossBackward(0.5, 1, slope, ref dInput);
    optimizer.Step(network, slope);
}

Print("Trained", network.Loss(0.5, 1) < 1e-6);

static void Print(string name, bool holds, params double[] gradient)
    => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {holds} {string.Join(' ', gradient)}"));
