using System;
using Backprop;
using Consumer.Library;

[assembly: CLSCompliant(false)]

double slope = 0;
Shape shape = new Square();
double area = shape.AreaBackward(3, ref slope);
Console.WriteLine(area + " " + slope);

/// <summary>A shape of another assembly's kind.</summary>
internal sealed partial class Square : Shape
{
#if !UNMARKED
    [Differentiable]
#endif
    public override double Area(double size) => size * size;
}
