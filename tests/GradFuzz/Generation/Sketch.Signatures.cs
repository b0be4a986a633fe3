using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Sharing;

namespace Backprop.Fuzz.Generation;

/// <summary>Types of the program, parameters and results.</summary>
internal sealed partial class Sketch
{
    private readonly List<(Variable Variable, double[] Numbers)> tables = [];

    private void DrawTables()
    {
        if (Has(Constructs.Tables) && !isGeneric)
        {
            DataType type = FloatingType();
            int length = Length();
            Variable table = New("table", new MemoryType(Chance(0.5) ? Shape.Array : Shape.ReadOnlySpan, type), [length]);

            // A type's own methods would hide it.
            tables.Add((table.Name.StartsWith('F') ? table with { Name = "table" } : table, [.. Enumerable.Range(0, length).Select(_ => (double)(float)((random.NextDouble() * 3) - 1.5))]));
            constant.Add(tables[0].Variable.Id);
        }
    }

    private void DrawTypes()
    {
        if (isGeneric)
        {
            return;
        }

        if (Has(Constructs.Structs))
        {
            types.Add(DrawStruct("Pair"));
            if (Chance(0.3))
            {
                types.Add(new CompositeType("Nest", Composition.Struct, [new("Inner", types[0]), new("Z", FloatingType())]));
            }
        }

        if (Has(Constructs.Vectors))
        {
            string[] names = Chance(0.5) ? ["X", "Y"] : ["X", "Y", "Z"];
            types.Add(new CompositeType("Vector" + names.Length, Composition.Vector, [.. names.Select(name => new Field(name, DataType.Float))]));
        }

        if (Has(Constructs.Tuples))
        {
            types.Add(new CompositeType("", Composition.Tuple, [new("First", FloatingType()), new("Second", FloatingType())]));
        }

        if (Has(Constructs.Classes))
        {
            DataType type = FloatingType();
            List<Field> fields = [new("Bias", type), new("Weights", new MemoryType(Shape.Array, type), Length())];
            if (Chance(0.3))
            {
                fields.Add(new("Table", new MemoryType(Shape.Grid, type), 2, 2));
            }

            if (Has(Constructs.Counts))
            {
                fields.Add(new("Index", new MemoryType(Shape.Array, WholeType()), Length()));
            }

            if (Has(Constructs.NoGradient) && Chance(0.5))
            {
                fields.Add(new("Mean", type) { IsConstant = true });
            }

            CompositeType layer = Has(Constructs.Virtuals) ? DrawHierarchy("Layer", [.. fields]) : new("Layer", Composition.Class, [.. fields]);
            types.AddRange(types.Contains(layer) ? [] : [layer]);
            if (Chance(0.5))
            {
                Field inner = Chance(0.5) ? new("Layer", layer) : new("Layers", new MemoryType(Shape.Array, layer), 2);
                types.Add(new CompositeType("Model", Composition.Class, [new("Scale", type), inner]));
            }
        }
    }

    private CompositeType DrawStruct(string name)
    {
        CompositeType type = new(name, Chance(0.5) ? Composition.Struct : Composition.RecordStruct, [new("X", FloatingType()), new("Y", FloatingType()), .. Has(Constructs.Widths) || Has(Constructs.Enums) ? [new Field("Count", InactiveType())] : Array.Empty<Field>()]);
        Variable self = New("self", type) with { Name = "this" };
        visible.Add(self);
        constant.Add(self.Id);
        DataType value = FloatingType();
        Expr body = Exact(value, 2);
        visible.Remove(self);
        if (Chance(0.6) && !body.Deep().Any(node => node is Assign or Stepped))
        {
            type.This = self;
            type.Properties = [("Shape", body)];
        }

        return type;
    }

    private List<Parameter> DrawParameters(int most)
    {
        List<Parameter> parameters = [new(New("x", FloatingType()), Passing.Value, false), .. Enumerable.Range(0, random.Next(most + 1)).Select(_ => DrawParameter())];
        if (Has(Constructs.Hostile) && Chance(0.3))
        {
            // Where something is called so, `_ = …` discards nothing.
            int chosen = random.Next(parameters.Count);
            parameters[chosen] = parameters[chosen] with { Variable = parameters[chosen].Variable with { Name = "_" } };
        }

        return parameters;
    }

    private Parameter DrawParameter()
    {
        DataType type = FloatingType();
        bool isConstant = Has(Constructs.NoGradient) && Chance(0.25);
        int[] length = [Length()], extents = [random.Next(1, 4), random.Next(1, 4)];
        return random.Next(12) switch
        {
            0 or 1 when Has(Constructs.Arrays) => Memory(Shape.Array, length),
            2 or 3 when Has(Constructs.Spans) => Memory(Chance(0.5) ? Shape.Span : Shape.ReadOnlySpan, length),
            3 when Has(Constructs.Memories) => Memory(Shape.Memory, length),
            4 when Has(Constructs.Jagged) => Memory(Shape.Jagged, extents),
            4 or 5 when Has(Constructs.Cubes) && Chance(0.5) => Memory(Shape.Cube, [.. extents, 2]),
            4 or 5 when Has(Constructs.Grids) => Memory(Shape.Grid, extents),
            6 when Has(Constructs.ReferenceParameters) => new(New("r", ElementType()), (Passing)random.Next(1, 4), false),
            7 when Has(Constructs.Integers) => new(New("n", InactiveType(), bound: 4), Passing.Value, false),
            7 when Has(Constructs.Flags) => new(New("t", DataType.Bool), Passing.Value, false),
            8 or 9 when types.Count > 0 => new(New("p", Pick(types)), Passing.Value, false),
            10 when !isGeneric && types.Count > 0 && !types[0].IsClass && Has(Constructs.ReferenceParameters) => new(New("r", types[0]), (Passing)random.Next(1, 4), false),
            10 when Has(Constructs.StructArrays) => Memory(Chance(0.5) ? Shape.Array : Chance(0.5) ? Shape.Span : Shape.ReadOnlySpan, length),
            _ => new(New("x", type), Passing.Value, isConstant),
        };

        Parameter Memory(Shape shape, int[] sizes)
        {
            DataType element = Has(Constructs.Counts) && Chance(0.4) ? WholeType() : shape is Shape.Jagged or Shape.Grid or Shape.Cube ? type : ElementType();

            // Indices that are never written may be used as they are.
            int bound = element == DataType.Int && Chance(0.5) ? Length() : 0;
            return new(New("a", new MemoryType(shape, element), sizes, bound), Passing.Value, isConstant && element is not NumberType { IsFloating: false });
        }
    }

    /// <summary>A parameter that can share something with another; null where none leads to an object, an array or a table.</summary>
    private Parameter? Twin(Parameter[] parameters)
    {
        Storage[] all = [.. Storage.Of(new Method("", parameters, null, new Block())).Where(storage => storage.Type is not MemoryType { Element: CompositeType { IsClass: true } })];
        if (all.Length == 0)
        {
            return null;
        }

        Storage storage = Pick(all);
        bool isConstant = !storage.IsObject && Has(Constructs.NoGradient) && Chance(0.15);
        DataType type = storage is { IsLinear: true, Type: MemoryType memory } && Chance(0.5) ? memory with { Shape = (Shape)random.Next(3) } : storage.Type;
        return new(New(storage.IsObject ? "p" : "a", type, storage.Extents), Passing.Value, isConstant);
    }

    private Parameter Receiver(CompositeType type) => type.IsClass || Chance(0.65) ? ReadReceiver(type) : WrittenReceiver(type);

    private Parameter ReadReceiver(CompositeType type)
    {
        Parameter receiver = WrittenReceiver(type) with { Passing = Passing.Value };
        constant.Add(receiver.Variable.Id);
        return receiver;
    }

    private Parameter WrittenReceiver(CompositeType type)
    {
        Parameter receiver = new(New("this", type) with { Name = "this" }, type.IsClass ? Passing.Value : Passing.Ref, false);
        references.UnionWith(type.IsClass ? [] : [receiver.Variable.Id]);
        return receiver;
    }

    private DataType? DrawResult(IEnumerable<Parameter> parameters)
    {
        bool writes = parameters.Any(parameter => parameter.Passing is Passing.Ref or Passing.Out || (parameter is { IsConstant: false, Variable.Type: MemoryType { IsWritable: true } }));
        CompositeType[] structs = [.. types.Where(type => !type.IsClass)];
        return random.Next(4) switch
        {
            0 when Has(Constructs.VoidResults) && writes => null,
            1 when Has(Constructs.CompositeResults) && structs.Length > 0 => Pick(structs),
            2 when Has(Constructs.ArrayResults) => new MemoryType(Shape.Array, ElementType()),
            _ => FloatingType(),
        };
    }
}
