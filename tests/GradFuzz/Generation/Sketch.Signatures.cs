using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Types of the program, parameters and results.</summary>
internal sealed partial class Sketch
{
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

        if (Has(Constructs.Tuples))
        {
            types.Add(new CompositeType("", Composition.Tuple, [new("First", FloatingType()), new("Second", FloatingType())]));
        }

        if (Has(Constructs.Classes))
        {
            DataType type = FloatingType();
            CompositeType layer = new("Layer", Composition.Class, [new("Bias", type), new("Weights", new MemoryType(Shape.Array, type.Scalar), 3)]);
            types.Add(layer);
            if (Chance(0.4))
            {
                types.Add(new CompositeType("Model", Composition.Class, [new("Scale", type), new("Layer", layer)]));
            }
        }
    }

    private CompositeType DrawStruct(string name)
    {
        CompositeType type = new(name, Chance(0.5) ? Composition.Struct : Composition.RecordStruct, [new("X", FloatingType()), new("Y", FloatingType())]);
        Variable self = New("self", type) with { Name = "self" };
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

    private List<Parameter> DrawParameters()
    {
        List<Parameter> parameters = [new(New("x", FloatingType()), Passing.Value, false)];
        for (int i = random.Next(4); i > 0; i--)
        {
            parameters.Add(DrawParameter());
        }

        foreach (Parameter parameter in parameters.Where(parameter => parameter.IsConstant || parameter.Passing == Passing.In || parameter.Variable.Bound > 0))
        {
            constant.Add(parameter.Variable.Id);
        }

        references.UnionWith(parameters.Where(parameter => parameter.Passing != Passing.Value).Select(parameter => parameter.Variable.Id));
        return parameters;
    }

    private Parameter DrawParameter()
    {
        DataType type = FloatingType();
        bool isConstant = Has(Constructs.NoGradient) && Chance(0.25);
        int[] length = [random.Next(1, 5)], extents = [random.Next(1, 4), random.Next(1, 4)];
        return random.Next(10) switch
        {
            0 or 1 when Has(Constructs.Arrays) => Memory(Shape.Array, length),
            2 or 3 when Has(Constructs.Spans) => Memory(Chance(0.5) ? Shape.Span : Shape.ReadOnlySpan, length),
            4 when Has(Constructs.Jagged) => Memory(Shape.Jagged, extents),
            4 or 5 when Has(Constructs.Grids) => Memory(Shape.Grid, extents),
            6 when Has(Constructs.ReferenceParameters) => new(New("r", type), (Passing)random.Next(1, 4), false),
            7 when Has(Constructs.Integers) => new(New("n", DataType.Int, bound: 4), Passing.Value, false),
            7 when Has(Constructs.Flags) => new(New("t", DataType.Bool), Passing.Value, false),
            8 or 9 when types.Count > 0 => new(New("p", Pick(types)), Passing.Value, false),
            _ => new(New("x", type), Passing.Value, isConstant),
        };

        Parameter Memory(Shape shape, int[] sizes) => new(New("a", new MemoryType(shape, type.Scalar), sizes), Passing.Value, isConstant);
    }

    private DataType? DrawResult(List<Parameter> parameters)
    {
        bool writes = parameters.Any(parameter => parameter.Passing is Passing.Ref or Passing.Out || (parameter is { IsConstant: false, Variable.Type: MemoryType { IsWritable: true } }));
        CompositeType[] structs = [.. types.Where(type => type.Composition != Composition.Class)];
        return random.Next(4) switch
        {
            0 when Has(Constructs.VoidResults) && writes => null,
            1 when Has(Constructs.CompositeResults) && structs.Length > 0 => Pick(structs),
            2 when Has(Constructs.ArrayResults) => new MemoryType(Shape.Array, FloatingType().Scalar),
            _ => FloatingType(),
        };
    }
}
