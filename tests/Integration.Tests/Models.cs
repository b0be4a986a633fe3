using System.Numerics;

namespace Backprop.Integration.Models;

/// <summary>What the generator makes of types marked [Differentiable]: leaves in order, with paths and shapes, for every kind of member.</summary>
public static class Models
{
    [Fact]
    public static void Numbers_and_arrays()
    {
        var model = new PlainModel();
        Assert.Equal(
            [
                "W [3] Single: 1 2 3", "Bias [] Double: 4", "hidden [2] Double: 5 6", "Fixed [] Double: 7", "Rate [] Double: 8", "Limit [] Single: 9",
                "Table [2,2] Double: 10 11 12 13", "Cube [1,2,1] Single: 0 0", "Jagged[0] [1] Double: 14", "Jagged[1] [2] Double: 15 16",
            ],
            ModelText.Of(model));
        ModelText.Check(model);
    }

    [Fact]
    public static void What_is_no_leaf_travels_along()
    {
        var model = new PlainModel { Depth = 5, Name = "other" };
        int raised = 0;
        model.Changed += () => raised++;
        PlainModel copy = model.Clone(), zeros = model.ZerosLike();
        copy.Raise();
        Assert.Equal((5, "other", 1), (copy.Depth, copy.Name, raised));
        Assert.Equal([0.5f], zeros.Mean);
        copy.Mean[0] = 1;
        copy.Counts[0] = 9;
        Assert.Equal((0.5f, 1), (model.Mean[0], model.Counts[0]));
        Assert.Equal(7, PlainModel.Shared);
        Assert.Null(copy.Missing);
    }

    [Fact]
    public static void Private_and_readonly_members_are_copied()
    {
        var model = new PlainModel();
        PlainModel copy = model.Clone();
        copy.Clear();
        Assert.Equal((5, 0), (model.Hidden(0), copy.Hidden(0)));
        Assert.Equal((7, 0), (model.Fixed, copy.Fixed));
        Assert.Equal((9, 0), (model.Limit, copy.Limit));
        Assert.Equal((10, 0), (model.Table[0, 0], copy.Table[0, 0]));
    }

    [Fact]
    public static void Models_and_arrays_in_collections()
    {
        var model = new Network();
        Assert.Equal(
            [
                "First.W [1] Double: 1", "First.B [] Double: 2", "Layers[0].W [1] Double: 3", "Layers[0].B [] Double: 4", "Layers[2].W [2] Double: 5 6",
                "Layers[2].B [] Double: 7", "More[0].W [1] Double: 8", "More[0].B [] Double: 9", "Heads[\"a\"].W [1] Double: 12", "Heads[\"a\"].B [] Double: 13",
                "Heads[\"b\"].W [1] Double: 10", "Heads[\"b\"].B [] Double: 11", "Tables[-2] [1] Double: 15", "Tables[10] [1] Double: 14",
                "Rates[Kind.Fast] [] Double: 17", "Rates[Kind.Slow] [] Double: 16", "Numbers [2] Double: 18 19",
                "Deep[0][\"x\\\"y\"][0] [1] Single: 20", "Deep[0][\"x\\\"y\"][1] [1] Single: 21", "Grid[0][0].W [1] Double: 22", "Grid[0][0].B [] Double: 23",
            ],
            ModelText.Of(model));
        ModelText.Check(model);
    }

    [Fact]
    public static void Structs_and_tuples()
    {
        var model = new Structs();
        Assert.Equal(
            [
                "Position [3] Single: 1 2 3", "Rotation [4] Single: 4 5 6 7", "Amplitude [2] Double: 8 9", "Range [2] Double: 10 11",
                "Mixed.Time [] Double: 12", "Mixed.Value [] Single: 13", "Weights [2] Double: 14 15",
                "Particle.Mass [] Double: 16", "Particle.Position.X [] Single: 17", "Particle.Position.Y [] Single: 18", "Particle.Position.Z [] Single: 19",
                "Points [2,2] Single: 20 21 22 23", "All [1,2] Double: 24 25",
                "Swarm[0].Mass [] Double: 26", "Swarm[0].Position.X [] Single: 27", "Swarm[0].Position.Y [] Single: 28", "Swarm[0].Position.Z [] Single: 29",
                "Named[\"v\"] [2] Single: 30 31", "Part.Scale [] Double: 32", "Part.W [1] Double: 33", "Part.Gain [] Single: 0",
                "Parts[0].Scale [] Double: 34", "Parts[0].W [1] Double: 35", "Parts[0].Gain [] Single: 0",
                "PartList[0].Scale [] Double: 36", "PartList[0].W [1] Double: 37", "PartList[0].Gain [] Single: 0",
                "PartTable[\"p\"].Scale [] Double: 38", "PartTable[\"p\"].W [1] Double: 39", "PartTable[\"p\"].Gain [] Single: 0",
                "Turn [6] Single: 1 0 0 1 0 0",
            ],
            ModelText.Of(model));
        ModelText.Check(model);
        Assert.Equal("q", model.Clone().Swarm[0].Name);
    }

    [Fact]
    public static void A_struct_as_a_model()
    {
        var model = new Part { Scale = 2, W = [3, 4], Fixed = [5] };
        Assert.Equal(["Scale [] Double: 2", "W [2] Double: 3 4", "Gain [] Single: 0"], ModelText.Of(model));
        Part copy = model.Clone(), zeros = model.ZerosLike();
        copy.W[0] = 9;
        copy.Fixed![0] = 9;
        Assert.Equal((3, 5), (model.W[0], model.Fixed[0]));
        zeros.AddScaled(model, 3);
        Assert.Equal((6, 12), (zeros.Scale, zeros.W[1]));
        zeros.Clear();
        Assert.Equal((0, 0), (zeros.Scale, zeros.W[1]));
        Assert.Equal(["Low [] Double: 1", "High [] Double: 2"], ModelText.Of(new Bounds(1, 2, 3)));
        Assert.Equal(new Bounds(0, 0, 3), new Bounds(1, 2, 3).ZerosLike());
    }

    [Fact]
    public static void Base_classes_come_first()
    {
        Assert.Equal(["Scale [] Double: 1", "own [1] Double: 2", "W [2] Double: 3 4", "Gate [] Double: 5"], ModelText.Of(new Gated()));
        Assert.Equal(["Scale [] Double: 1", "own [1] Double: 2", "W [2] Double: 3 4", "Gate [] Double: 5"], ModelText.Of<Module>(new Gated()));
        ModelText.Check(new Gated());
        ModelText.Check<Dense>(new Gated());
        ModelText.Check<Module>(new Gated());
        Module zeros = ((Module)new Gated()).ZerosLike();
        Assert.Equal(0, Assert.IsType<Gated>(zeros).Gate);
    }

    [Fact]
    public static void Models_behind_an_abstract_base()
    {
        var model = new Stack();
        Assert.Equal(
            [
                "Modules[0].Scale [] Double: 1", "Modules[0].own [1] Double: 2", "Modules[0].W [2] Double: 3 4", "Modules[1].Scale [] Double: 1",
                "Modules[1].own [1] Double: 2", "Modules[2].Scale [] Double: 1", "Modules[2].own [1] Double: 2", "Modules[2].W [2] Double: 3 4",
                "Modules[2].Gate [] Double: 5", "Covariant[0].Scale [] Double: 1", "Covariant[0].own [1] Double: 2", "Covariant[0].W [2] Double: 3 4", "Covariant[0].Gate [] Double: 5",
            ],
            ModelText.Of(model));
        ModelText.Check(model);
        var other = new Stack { Modules = [new Dense(), new Dense(), new Gated()] };
        Assert.Contains("'Modules[1]' is a Tanh in one model and a Dense in the other", Assert.Throws<ArgumentException>(() => model.AddScaled(other, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void Records()
    {
        var model = new Settings(1, 2, [3]);
        Assert.Equal(["Rate [] Double: 1", "Table [1] Single: 3", "Extra [] Double: 4"], ModelText.Of(model));
        ModelText.Check(model);
        Assert.Equal(2, model.ZerosLike().Cold);
        var fine = new FineSettings(1, 2, [3], 5);
        Assert.Equal(["Rate [] Double: 1", "Table [1] Single: 3", "Extra [] Double: 4", "Fine [] Double: 5"], ModelText.Of(fine));
        ModelText.Check(fine);
        ModelText.Check<Settings>(fine);
    }

    [Fact]
    public static void Generic_models()
    {
        Assert.Equal(["W [1] Double: 1", "B [] Double: 2", "C [] Double: 3", "Pair [2] Double: 4 5"], ModelText.Of(new GenericLayer<double>()));
        Assert.Equal(["W [1] Single: 1", "B [] Single: 2", "C [] Single: 3", "Pair [2] Single: 4 5"], ModelText.Of(new GenericLayer<float>()));
        ModelText.Check(new GenericLayer<float>());
        var network = new GenericNetwork<double, Layer> { Other = new([6], 7), Others = [new([8], 9)] };
        Assert.Equal(12, ModelText.Of(network).Length);
        Assert.Equal("Others[0].W [1] Double: 8", ModelText.Of(network)[10]);
        ModelText.Check(network);
        Assert.Contains("'W' holds numbers of type System.Half", Assert.Throws<NotSupportedException>(() => new GenericLayer<Half>().Clear()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void Nested_types_and_difficult_names()
    {
        Assert.Equal(["X [] Double: 1"], ModelText.Of(new Outer<int>.Inner()));
        ModelText.Check(new Outer<string>.Inner());
        var deep = new Outer<int>.Inner.Deep.@class();
        Assert.Equal(["double [] Double: 2", "other [] Double: 3", "walk [] Double: 4", "visitor [] Double: 5", "copies [1] Double: 6", "i [1] Double: 7"], ModelText.Of(deep));
        ModelText.Check(deep);
    }

    [Fact]
    public static void Taken_names()
    {
        Assert.Equal(["X [] Double: 1", "Clone [] Double: 2", "Leaves [1] Double: 3"], ModelText.Of(new Busy()));
        Assert.Equal(["X [] Double: 1", "Clone [] Double: 2", "Leaves [1] Double: 3", "Y [] Double: 5"], ModelText.Of(new Busier()));
        ModelText.Check(new Busy());
        ModelText.Check(new Busier());
        ModelText.Check<Busy>(new Busier());
    }

    [Fact]
    public static void No_constructor_runs()
    {
        var model = new Guarded(1) { W = [1, 2] };
        int made = Guarded.Made;
        ModelText.Check(model);
        Assert.Equal(made, Guarded.Made);
        ModelText.Check(new Primary(1, 2));
        Assert.Equal(2, new Primary(1, 2).Clone().Count);
    }

    [Fact]
    public static void Models_written_by_hand_inside_others()
    {
        var model = new AroundHandmade();
        Assert.Equal(["Own.Numbers [2] Double: 1 2", "Owned[0].Numbers [2] Double: 1 2"], ModelText.Of(model));
        ModelText.Check(model);
        model.Owned.Add(model.Own);
        Assert.Equal(2, ModelText.Of(model).Length);
        AroundHandmade copy = model.Clone();
        Assert.Same(copy.Own, copy.Owned[1]);
    }
}
