using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Prints what implements <c>IDifferentiable</c> on a type. What is common to all types is in the runtime library; what is printed says which members there are.</summary>
internal sealed class ModelPrinter
{
    private readonly Model model;
    private readonly IndentedWriter writer = new();
    private readonly KnownNames names;
    private readonly ModelPlaces places;
    private readonly string visitorType;

    private ModelPrinter(Model model)
    {
        this.model = model;
        names = new KnownNames([.. model.Container.Hidden, .. model.Container.Names], model.Container);
        places = new ModelPlaces(model, names);
        visitorType = places.Fresh("TVisitor");
    }

    private bool IsStruct => model.Inheritance == Inheritance.Struct;

    private bool IsOverridable => model.Inheritance is Inheritance.Root or Inheritance.Derived;

    private string Self => IsStruct ? "ref this" : "this";

    private string Leaves => names.Name("Leaves");

    private string Owner => $"{names.Name("ILeafOwner")}<{model.Name}>";

    private string Interface => $"{names.Name("IDifferentiable")}<{model.Name}>";

    /// <returns>The text, with <c>\n</c> at the end of each line.</returns>
    public static string Print(Model model) => new ModelPrinter(model).Print();

    private string Print()
    {
        if (model.Container.Namespace.Length > 0)
        {
            writer.Line($"namespace {model.Container.Namespace};");
            writer.Line("");
        }

        Printer.Open(model.Container, $"{Interface}, {Owner}", writer);
        PrintInterface();
        PrintOwner();
        foreach (Accessor accessor in places.Accessors)
        {
            writer.Line("");
            Printer.Print(accessor, names, writer);
        }

        Printer.Close(model.Container, writer);

        // Members may be volatile or obsolete.
        return Printer.Head(names.Usings, "CS0420, CS0612, CS0618") + writer;
    }

    private void PrintInterface()
    {
        string pair = IsStruct ? "ref this, ref other" : "this, other";
        Member("ZerosLike", model.Name, "()", "", $"{Leaves}.ZerosLike({Self})");
        Member("Clone", model.Name, "()", "", $"{Leaves}.Clone({Self})");
        Member("Clear", "void", "()", "", $"{Leaves}.Clear({Self})");
        Member("AddScaled", "void", $"({model.Name} other, double scale)", "", $"{Leaves}.AddScaled({pair}, scale)");
        Member("DescribeLeaves", $"{names.Name("IReadOnlyList")}<{names.Name("LeafInfo")}>", "()", "", $"{Leaves}.Describe({Self})");
        Member("VisitLeaves", "void", $"<{visitorType}>(ref {visitorType} visitor)", "ILeafVisitor", $"{Leaves}.Visit({Self}, ref visitor)");
        Member("VisitLeaves", "void", $"<{visitorType}>({model.Name} other, ref {visitorType} visitor)", "ILeafPairVisitor", $"{Leaves}.Visit({pair}, ref visitor)");
    }

    /// <summary>A member of <c>IDifferentiable</c>: public, or explicit where its name is taken, or left to the base class.</summary>
    private void Member(string name, string type, string parameters, string visitor, string body)
    {
        bool isTaken = model.Taken.Contains(name);
        bool isOfSelf = type == model.Name || parameters.Contains(model.Name + " other");
        if (model.Inheritance == Inheritance.Derived && !isTaken && !isOfSelf)
        {
            return;
        }

        writer.Blank();
        string hides = model.Inheritance == Inheritance.Derived && type == model.Name ? "new " : "";
        writer.Line("/// <inheritdoc/>");
        string start = isTaken ? $"{type} {Interface}.{name}{parameters}" : $"public {hides}{type} {name}{parameters}";
        if (visitor.Length == 0 || isTaken)
        {
            writer.Line($"{start} => {body};");
            return;
        }

        writer.Line(start);
        writer.Line($"    where {visitorType} : {names.Name(visitor)}, allows ref struct => {body};");
    }

    private void PrintOwner()
    {
        writer.Line("");
        writer.Line($"{model.Name} {Owner}.ShallowCopy() => {(IsStruct ? "this" : $"({model.Name})MemberwiseClone()")};");
        if (IsOverridable)
        {
            writer.Line("");
            writer.Line($"void {Owner}.OwnLeaves({names.Name("LeafCopies")} copies) => OwnLeaves(copies);");
            writer.Line("");
            writer.Line($"void {Owner}.WalkLeaves<{visitorType}>({names.Name("LeafWalk")} walk, ref {model.Name} other, ref {visitorType} visitor)");
            writer.Line("    => WalkLeaves(walk, other, ref visitor);");
        }

        PrintOwn();
        PrintWalk();
    }

    private void PrintOwn()
    {
        string modifier = model.Inheritance == Inheritance.Derived ? "override" : "virtual";
        string parameters = $"OwnLeaves({names.Name("LeafCopies")} copies)";
        writer.Line("");
        if (IsOverridable)
        {
            writer.Line("/// <summary>Replaces arrays and parts that are shared with the model of which this one is a copy by copies of them.</summary>");
        }

        writer.Line(IsOverridable ? $"protected {modifier} void {parameters}" : $"void {Owner}.{parameters}");
        writer.Open();
        if (model.Inheritance == Inheritance.Derived)
        {
            writer.Line("base.OwnLeaves(copies);");
        }

        var copies = new ModelCopies(writer, names, places);
        foreach (ModelMember member in model.Members)
        {
            copies.Member(member);
        }

        writer.Close();
    }

    private void PrintWalk()
    {
        bool isDerived = model.Inheritance == Inheritance.Derived;
        string walk = names.Name("LeafWalk");
        writer.Line("");
        if (IsOverridable)
        {
            string root = isDerived ? names.Shorten(model.Root) : model.Name;
            writer.Line("/// <summary>Shows the leaves of this class and of its base classes to a visitor, beside those of another model.</summary>");
            writer.Line($"protected {(isDerived ? "override" : "virtual")} void WalkLeaves<{visitorType}>({walk} walk, {root} other, ref {visitorType} visitor)");
        }
        else
        {
            writer.Line($"void {Owner}.WalkLeaves<{visitorType}>({walk} walk, ref {model.Name} other, ref {visitorType} visitor)");
        }

        if (model.Inheritance == Inheritance.Root)
        {
            writer.Line($"    where {visitorType} : {names.Name("ILeafPairVisitor")}, allows ref struct");
        }

        writer.Open();
        ModelMember[] leaves = [.. model.Members.Where(static m => m.Field.Wanted == Wanted.Gradient && m.Content.HasLeaves)];
        if (isDerived)
        {
            writer.Line("base.WalkLeaves(walk, other, ref visitor);");
            if (leaves.Length > 0)
            {
                writer.Line($"var same = ({model.Name})other;");
            }
        }

        var printed = new ModelWalk(writer, names, places, visitorType);
        foreach (ModelMember member in leaves)
        {
            printed.Member(member, isDerived ? "same" : "other");
        }

        foreach (ModelMember member in model.Members.Where(member => !leaves.Contains(member)))
        {
            printed.Place(member);
        }

        writer.Close();
    }
}
