using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;

namespace Backprop.Generator.Rules;

/// <summary>The numbers of a value, in the order of its fields: of a vector, a matrix (row by row), a plane; a number is a vector of one.</summary>
internal sealed class Vector(IReadOnlyList<Expr> numbers)
{
    public IReadOnlyList<Expr> Numbers => numbers;

    public int Count => numbers.Count;

    public Expr this[int index] => numbers[index];

    public static implicit operator Vector(Expr number) => new([number]);

    public static implicit operator Vector(Expr[] numbers) => new(numbers);

    /// <summary>The number that a vector of one is.</summary>
    public static implicit operator Expr(Vector vector) => vector.Numbers.Single();

    public static Vector operator +(Vector a, Vector b) => Zip(a, b, static (x, y) => x + y);

    public static Vector operator -(Vector a, Vector b) => Zip(a, b, static (x, y) => x - y);

    public static Vector operator -(Vector a) => a.Map(static x => -x);

    public static Vector operator *(Vector a, Expr factor) => a.Map(x => x * factor);

    public static Vector operator *(Vector a, double factor) => a.Map(x => x * factor);

    public static Vector operator *(Expr factor, Vector a) => a.Map(x => factor * x);

    public static Vector operator /(Vector a, Expr divisor) => a.Map(x => x / divisor);

    public static Vector Zip(Vector a, Vector b, Func<Expr, Expr, Expr> f) => new([.. a.Numbers.Zip(b.Numbers, f)]);

    /// <summary>A vector of as many numbers, each made from its place.</summary>
    public static Vector Of(int count, Func<int, Expr> number) => new([.. Enumerable.Range(0, count).Select(number)]);

    /// <summary>The numbers of several vectors, one after the other.</summary>
    public static Vector Of(params Vector[] parts) => new([.. parts.SelectMany(static part => part.Numbers)]);

    public Vector Map(Func<Expr, Expr> f) => new([.. numbers.Select(f)]);

    public Vector Slice(int start, int count) => new([.. numbers.Skip(start).Take(count)]);

    public Vector Slice(int start) => Slice(start, Count - start);

    /// <summary>The vector with another number, or several, from one place on.</summary>
    public Vector With(int start, Vector part) => Of(Count, i => i >= start && i < start + part.Count ? part[i - start] : numbers[i]);

    public static Expr Dot(Vector a, Vector b) => Zip(a, b, static (x, y) => x * y).Numbers.Aggregate(static (sum, next) => sum + next);

    public static Vector Cross(Vector a, Vector b)
        => new([(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])]);

    public static Expr Length(Vector a) => Sqrt(Dot(a, a));

    public static Vector Normalized(Vector a) => a / Length(a);

    /// <summary>Each number times the number in its place.</summary>
    public static Vector Times(Vector a, Vector b) => Zip(a, b, static (x, y) => x * y);

    public static Vector Lerp(Vector a, Vector b, Expr t) => a + ((b - a) * t);

    /// <summary>The one vector where the test holds, else the other: nothing of the one that is not taken gets through, not even a NaN.</summary>
    public static Vector Select(Expr test, Vector a, Vector b) => Zip(a, b, (x, y) => x.Equals(y) ? x : Formulas.Select(test, x, y));
}
