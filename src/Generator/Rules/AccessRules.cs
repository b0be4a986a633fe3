using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;

namespace Backprop.Generator.Rules;

/// <summary>Values made from numbers and taken apart again: constructors, elements, rows, conversions between vector types.</summary>
internal static class AccessRules
{
    private const string Numerics = "global::System.Numerics.";

    public static IEnumerable<PartsRule> All =>
    [
        .. new[] { "Vector2", "Vector3", "Vector4" }.SelectMany(Vectors),
        .. Elements("Quaternion", "Quaternion.this[int]", $"{Numerics}Vector.AsQuaternion({Numerics}Vector.WithElement({Numerics}Vector.AsVector4({{0}}), {{1}}, {{2}}))"),
        .. Made("Quaternion", "float, float, float, float", "Vector3, float"),
        .. Made("Plane", "float, float, float, float", "Vector3, float", "Vector4"),
        .. Made("Vector3", "Vector2, float"),
        .. Made("Vector4", "Vector2, float, float", "Vector3, float"),
        .. Matrices("Matrix3x2", 3, 2),
        .. Matrices("Matrix4x4", 4, 4),
        Same("Matrix3x2.new(float, float, float, float, float, float)", Vector.Of),
        Same("Matrix3x2.Create(float, float, float, float, float, float)", Vector.Of),
        Same($"Matrix4x4.new({string.Join(", ", Enumerable.Repeat("float", 16))})", Vector.Of),
        Same($"Matrix4x4.Create({string.Join(", ", Enumerable.Repeat("float", 16))})", Vector.Of),
        Same("Matrix3x2.Create(Vector2, Vector2, Vector2)", Vector.Of),
        Same("Matrix4x4.Create(Vector4, Vector4, Vector4, Vector4)", Vector.Of),
        Same("Matrix4x4.new(Matrix3x2)", a => Embedded(a[0])),
        Same("Matrix4x4.Create(Matrix3x2)", a => Embedded(a[0])),
        Same("Matrix3x2.this.Translation", a => a[0].Slice(4)),
        Same("Matrix4x4.this.Translation", a => a[0].Slice(12, 3)),
        Same("Matrix3x2.this.Translation = Vector2", a => a[0].With(4, a[1])),
        Same("Matrix4x4.this.Translation = Vector3", a => a[0].With(12, a[1])),
        Same("Vector.AsVector2(Vector3)", a => a[0].Slice(0, 2)),
        Same("Vector.AsVector2(Vector4)", a => a[0].Slice(0, 2)),
        Same("Vector.AsVector3(Vector2)", a => Vector.Of(a[0], ZeroOf(a[0][0]))),
        Same("Vector.AsVector3(Vector4)", a => a[0].Slice(0, 3)),
        Same("Vector.AsVector4(Vector2)", a => Vector.Of(a[0], ZeroOf(a[0][0]), ZeroOf(a[0][0]))),
        Same("Vector.AsVector4(Vector3)", a => Vector.Of(a[0], ZeroOf(a[0][0]))),
        Same("Vector.AsVector4(Plane)", a => a[0]),
        Same("Vector.AsVector4(Quaternion)", a => a[0]),
        Same("Vector.AsPlane(Vector4)", a => a[0]),
        Same("Vector.AsQuaternion(Vector4)", a => a[0]),

        // What the framework leaves in the further numbers is not said.
        Like("Vector.AsVector3Unsafe(Vector2)", a => Vector.Of(a[0], ZeroOf(a[0][0]))),
        Like("Vector.AsVector4Unsafe(Vector2)", a => Vector.Of(a[0], ZeroOf(a[0][0]), ZeroOf(a[0][0]))),
        Like("Vector.AsVector4Unsafe(Vector3)", a => Vector.Of(a[0], ZeroOf(a[0][0]))),
    ];

    private static IEnumerable<PartsRule> Vectors(string v)
    {
        int n = v[6] - '0';
        return
        [
            .. Made(v, string.Join(", ", Enumerable.Repeat("float", n))),
            Same($"{v}.new(float)", a => Vector.Of(n, _ => a[0])),
            Same($"{v}.Create(float)", a => Vector.Of(n, _ => a[0])),
            Same($"{v}.CreateScalar(float)", a => Vector.Of(n, i => i == 0 ? a[0] : ZeroOf(a[0]))),
            Like($"{v}.CreateScalarUnsafe(float)", a => Vector.Of(n, i => i == 0 ? a[0] : ZeroOf(a[0]))),
            Same($"Vector.ToScalar({v})", a => a[0][0]),
            .. Elements(v, $"{v}.this[int]", $"{Numerics}Vector.WithElement({{0}}, {{1}}, {{2}})"),
            Part($"Vector.GetElement({v}, int)", 1),
            Changed($"Vector.WithElement({v}, int, float)"),
        ];
    }

    private static IEnumerable<PartsRule> Made(string type, params string[] parameters)
        => parameters.SelectMany(list => new[] { Same($"{type}.new({list})", Vector.Of), Same($"{type}.Create({list})", Vector.Of) });

    private static IEnumerable<PartsRule> Elements(string type, string indexer, string with)
        => [Part(indexer, 1), Changed($"{indexer} = float") with { Call = with }];

    private static IEnumerable<PartsRule> Matrices(string m, int rows, int columns)
    {
        string row = "Vector" + columns;
        return
        [
            Part($"{m}.this[int]", columns),
            Part($"{m}.this.GetRow(int)", columns),
            Part($"{m}.this[int, int]", 1, columns),
            Part($"{m}.this.GetElement(int, int)", 1, columns),
            Changed($"{m}.this[int] = {row}") with { Call = "{0}.WithRow({1}, {2})" },
            Changed($"{m}.this.WithRow(int, {row})"),
            Changed($"{m}.this[int, int] = float", columns) with { Call = "{0}.WithElement({1}, {2}, {3})" },
            Changed($"{m}.this.WithElement(int, int, float)", columns),
            Same($"{m}.Create({row})", a => Vector.Of([.. Enumerable.Repeat(a[0], rows)])),
            Same($"{m}.Create(float)", a => Vector.Of(rows * columns, _ => a[0])),
            .. Enumerable.Range(0, rows).SelectMany(i => new[]
            {
                Same($"{m}.this.{"XYZW"[i]}", a => Matrix.Row(a[0], i, columns)),
                Same($"{m}.this.{"XYZW"[i]} = {row}", a => a[0].With(i * columns, a[1])),
            }),
        ];
    }

    /// <summary>The part at an index, or at a row and a column.</summary>
    private static PartsRule Part(string member, int size, int columns = 0) => PartsRule.Of(member, (a, y, dy) =>
    [
        Vector.Of(a[0].Count, at => If(IsAt(a, at, size, columns), dy[at % size])), .. a.Skip(1).Select(Nothing),
    ]) with { CanThrow = true, Exact = a => PlaceOf(a, size, columns) is { } place && place + size <= a[0].Count ? a[0].Slice(place, size) : null };

    /// <summary>The whole with another part at an index, or at a row and a column.</summary>
    private static PartsRule Changed(string member, int columns = 0) => PartsRule.Of(member, (a, y, dy) =>
    {
        Vector part = a[a.Length - 1];
        Vector kept = Vector.Of(dy.Count, at => Unless(IsAt(a, at, part.Count, columns), dy[at]));
        Vector given = Vector.Of(part.Count, i => Enumerable.Range(0, dy.Count / part.Count).Select(k => (k * part.Count) + i)
            .Select(at => If(IsAt(a, at, part.Count, columns), dy[at])).Aggregate(static (sum, next) => sum + next));
        return [kept, .. a.Skip(1).Take(a.Length - 2).Select(Nothing), given];
    }) with { CanThrow = true, Exact = a => PlaceOf(a, a[a.Length - 1].Count, columns) is { } place && place + a[a.Length - 1].Count <= a[0].Count ? a[0].With(place, a[a.Length - 1]) : null };

    private static Vector Nothing(Vector index) => index.Map(ZeroOf);

    private static Expr IsAt(Vector[] a, int at, int size, int columns)
        => columns == 0 ? Equal(a[1], Numbers.Int(at / size)) : And(Equal(a[1], Numbers.Int(at / columns)), Equal(a[2], Numbers.Int(at % columns)));

    /// <summary>Where the part begins that constant indices name; null where they are computed, or name none.</summary>
    private static int? PlaceOf(Vector[] a, int size, int columns) => columns == 0
        ? a[1][0] is Literal { Bits: >= 0 and < 64 } index ? (int)index.Bits * size : null
        : a[1][0] is Literal { Bits: >= 0 and < 64 } row && a[2][0] is Literal { Bits: >= 0 } column && column.Bits < columns ? ((int)row.Bits * columns) + (int)column.Bits : null;

    private static Vector Embedded(Vector m)
    {
        Expr zero = ZeroOf(m[0]), one = OneOf(m[0]);
        return new([m[0], m[1], zero, zero, m[2], m[3], zero, zero, zero, zero, one, zero, m[4], m[5], zero, one]);
    }
}
