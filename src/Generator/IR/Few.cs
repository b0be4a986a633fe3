using System.Collections;

namespace Backprop.Generator.IR;

/// <summary>A list that costs no memory while it is short, as almost every list of operands is: up to three elements, then the rest.</summary>
internal readonly struct Few<T> : IReadOnlyList<T>
    where T : class, IEquatable<T>
{
    private readonly T? first;
    private readonly T? second;
    private readonly T? third;
    private readonly int own;
    private readonly EquatableArray<T> rest;

    public Few(EquatableArray<T> rest) => this.rest = rest;

    public Few(T first, EquatableArray<T> rest = default) => (this.first, own, this.rest) = (first, 1, rest);

    public Few(T first, T second) => (this.first, this.second, own) = (first, second, 2);

    public Few(T first, T second, T third) => (this.first, this.second, this.third, own) = (first, second, third, 3);

    public int Count => own + rest.Count;

    public T this[int index] => index >= own ? rest[index - own] : (index switch { 0 => first, 1 => second, _ => third })!;

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator(Few<T> list) : IEnumerator<T>
    {
        private readonly Few<T> list = list;
        private int index = -1;

        public readonly T Current => list[index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++index < list.Count;

        public void Reset() => index = -1;

        public readonly void Dispose()
        {
        }
    }
}
