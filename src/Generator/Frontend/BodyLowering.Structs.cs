using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Structs and tuples, taken apart: a value is its leaves, a variable is one variable for each leaf.</summary>
internal sealed partial class BodyLowering
{
    // What stands before the body: the parts of parameters.
    private readonly List<Stmt> entry = [];

    // Parameters whose parts go back to the caller at the end.
    private readonly List<(Variable Parameter, Expr Parts)> outputs = [];

    /// <summary>What <c>this</c> is in the method.</summary>
    public Variable DeclareReceiver()
    {
        INamedTypeSymbol owner = method.ContainingType;
        Variable self = ids.Fresh("this", TypeOf(owner));
        if (self.Type is not StructType type)
        {
            frame = new Frame(method, new VariablePlace(self.Read()), null, NoScope, null);
            return self;
        }

        var parts = (Pack)NewValue("this", type);
        variables[owner] = parts;
        foreach ((Expr leaf, EquatableArray<Field> path) in parts.Leaves.Zip(type.Leaves, static (leaf, path) => (leaf, path)))
        {
            symbols[((Read)leaf).Variable.Id] = owner;
            entry.Add(new Declare(((Read)leaf).Variable, new Element(self.Read(), path)));
        }

        if (!method.IsReadOnly && !owner.IsReadOnly && writes.IsAssigned(owner))
        {
            outputs.Add((self, parts));
        }

        frame = new Frame(method, new VariablePlace(parts), null, NoScope, null);
        return self;
    }

    private Variable DeclareParts(IParameterSymbol parameter, StructType type)
    {
        Variable whole = ids.Fresh(parameter.Name, type);
        var parts = (Pack)NewValue(parameter, parameter.Type);
        foreach ((Expr leaf, EquatableArray<Field> path) in parts.Leaves.Zip(type.Leaves, static (leaf, path) => (leaf, path)))
        {
            entry.Add(new Declare(((Read)leaf).Variable, parameter.RefKind == RefKind.Out ? null : new Element(whole.Read(), path)));
        }

        if (parameter.RefKind is RefKind.Ref or RefKind.Out)
        {
            outputs.Add((whole, parts));
        }

        return whole;
    }

    /// <summary>A new variable, or one for each leaf of a struct.</summary>
    private Expr NewValue(string name, IrType type) => type is StructType parts
        ? new Pack(parts.Leaves.Select(path => (Expr)ids.Fresh(NameOf(name, path), path[path.Count - 1].Type).Read()).ToEquatable(), parts)
        : ids.Fresh(name, type).Read();

    private static string NameOf(string name, EquatableArray<Field> path)
        => name.Length == 0 ? "" : name + string.Concat(path.Select(static f => Word(f.Name)).Select(static f => char.ToUpperInvariant(f[0]) + f.Substring(1)));

    private static string Word(string name) => name.TrimStart('@', '_') is { Length: > 0 } word ? word : name;

    /// <summary>The variables behind a name.</summary>
    private static IEnumerable<Read> Reads(Expr value) => value is Pack pack ? pack.Leaves.OfType<Read>() : value is Read read ? [read] : [];

    private void Declare(Expr target, Expr? value)
    {
        if (target is not Pack pack)
        {
            Emit(new Declare(((Read)target).Variable, value));
            return;
        }

        EquatableArray<Expr>? leaves = value is null ? null : Leaves(value).Leaves;
        for (int i = 0; i < pack.Leaves.Count; i++)
        {
            Emit(new Declare(((Read)pack.Leaves[i]).Variable, leaves?[i]));
        }
    }

    private void Set(Expr target, Expr value)
    {
        if (target is not Pack pack)
        {
            Emit(new Assign(((Read)target).Variable, value));
            return;
        }

        // A leaf that is computed from another leaf of the same variable is computed before that one is written.
        Pack parts = Leaves(value);
        HashSet<int> written = [.. Reads(pack).Select(static r => r.Variable.Id)];
        bool isCrossed = parts.Leaves.Where((leaf, i) => leaf != pack.Leaves[i]).Any(leaf => leaf.Reads().Any(v => written.Contains(v.Id)));
        EquatableArray<Expr> leaves = isCrossed ? parts.Leaves.Map(leaf => Copied(leaf)) : parts.Leaves;
        for (int i = 0; i < leaves.Count; i++)
        {
            Emit(new Assign(((Read)pack.Leaves[i]).Variable, leaves[i]));
        }
    }

    private void StoreParts(Element element, Expr value, int site = 0)
    {
        if (element.Type is not StructType type)
        {
            Emit(new Store(element, value) { Site = site });
            return;
        }

        foreach ((Expr leaf, EquatableArray<Field> path) in Leaves(value).Leaves.Map(Name).Zip(type.Leaves, static (leaf, path) => (leaf, path)))
        {
            Emit(new Store(element.Part(path), leaf) { Site = site });
        }
    }

    /// <summary>The leaves of a struct value, not all of them named yet.</summary>
    private Pack Leaves(Expr value)
    {
        if (value is Pack pack)
        {
            return pack;
        }

        var type = (StructType)value.Type;
        if (value is Default)
        {
            return DefaultOf(type);
        }

        Element whole = value as IR.Element ?? new Element(value is Read ? value : Copied(value), EquatableArray<Field>.Empty);
        return new Pack(type.Leaves.Select(path => (Expr)whole.Part(path)).ToEquatable(), type);
    }

    private static Pack DefaultOf(StructType type) => new(type.Leaves.Select(static path => (Expr)new Default(path[path.Count - 1].Type)).ToEquatable(), type);

    private static Expr DefaultOf(IrType type) => type is StructType parts ? DefaultOf(parts) : new Default(type);

    /// <summary>A field of a struct value.</summary>
    private Expr Part(Expr value, Field field) => value is Element element
        ? element.Part([field])
        : PartOf(Leaves(value), field);

    private static Expr PartOf(Pack pack, Field field)
    {
        int offset = pack.Struct.Offset(field);
        return field.Type is StructType inner
            ? new Pack(pack.Leaves.Skip(offset).Take(inner.LeafCount).ToEquatable(), inner)
            : pack.Leaves[offset];
    }

    /// <summary>The field that a member is, or a property has for itself; null for any other property.</summary>
    private static Field? FieldOf(StructType type, ISymbol member)
    {
        if (member is IFieldSymbol { ContainingType.IsTupleType: true } element)
        {
            int index = element.ContainingType.TupleElements.Select(static e => e.CorrespondingTupleField ?? e).ToList()
                .FindIndex(e => SymbolEqualityComparer.Default.Equals(e, element.CorrespondingTupleField ?? element));
            return index < 0 ? null : type.Fields[index];
        }

        string? storage = Members.StorageOf(member)?.MetadataName;
        return type.Fields.FirstOrDefault(f => storage is null ? StructLowering.IsNumeric(member.ContainingType) && f.Name == member.Name : f.Storage == storage);
    }

    /// <summary>The field that a member reads, or writes; null where that runs a body.</summary>
    private static Field? FieldOf(StructType type, ISymbol member, Access access)
        => member is not IPropertySymbol property || StructLowering.IsNumeric(member.ContainingType) || Members.IsAutomatic(access == Access.Writable ? property.SetMethod : property.GetMethod) ? FieldOf(type, member) : null;

    private Expr? PartOf(IOperation? instance, ISymbol member) => instance is { Type: { } owner }
        ? TypeOf(owner) switch
        {
            StructType type when FieldOf(type, member, Access.ReadOnly) is { } field => Stopped(Part(LowerWhole(instance), field), field),
            ObjectType when Members.FieldOf(member, method.ContainingType) is { } field => RefuseHidden(instance, member, field) ?? (Expr?)LoadOnce(instance, member, field) ?? new Element(Operand(instance), EquatableArray.Of(field)),
            _ => null,
        }
        : null;

    private Expr? RefuseHidden(IOperation instance, ISymbol member, Field field)
    {
        return !IsHidden(member, field) ? null : Refuse(
            instance.Parent ?? instance,
            Descriptors.CompositeValue,
            CSharpText.Short(Members.StorageOf(member)!.Type),
            "may hold numbers whose derivative is not followed",
            $"keep the numbers in fields of float, double, arrays or structs of them, or mark '{member.Name}' with [NoGradient]");
    }

    private static bool IsHidden(ISymbol member, Field field) => field.Type is OpaqueType && FloatingContent.MayHold(Members.StorageOf(member)!.Type) && !Attributes.HasNoGradient(member);

    // Of an element the path tells that no derivative is wanted.
    private Expr Stopped(Expr part, Field field) => field.Wanted == Wanted.Gradient || part is IR.Element ? part : Stopped(part);

    private Expr Stopped(Expr value) => value is Pack pack ? pack with { Leaves = pack.Leaves.Map(Stopped) } : value.Type.IsFloating ? Name(new Stop(value)) : value;

    // Without loading parts that nobody asks for.
    private Expr LowerWhole(IOperation operation)
    {
        Expr value = Lower(operation);
        return value is Pack or IR.Element or Default ? value : Name(value);
    }

    // Arrays and objects that 'this' holds from beginning to end: read once, before the body.
    private readonly List<Stmt> loaded = [];
    private readonly Dictionary<string, Read> members = [];

    private Read? LoadOnce(IOperation instance, ISymbol member, Field field)
    {
        if (field.Type is StructType or { IsMemory: false } || instance is not IInstanceReferenceOperation || frame is not { IsInPlace: false, Receiver: VariablePlace { Target: Read self } } || !writes.IsKept(member))
        {
            return null;
        }

        if (!members.TryGetValue(field.Storage, out Read? once))
        {
            Variable variable = ids.Fresh(NameOf("", field), field.Type);
            loaded.Add(new Declare(variable, new Element(self, EquatableArray.Of(field))));
            members[field.Storage] = once = variable.Read();
        }

        return once;
    }

    private static string NameOf(string name, Field field)
    {
        string word = field.Name.TrimStart('@', '_');
        return word.Length == 0 ? name : char.ToLowerInvariant(word[0]) + word.Substring(1);
    }

    private Place? PartPlace(IMemberReferenceOperation target, IOperation[] later)
    {
        if (target.Instance is not { Type: { } owner } instance)
        {
            return null;
        }

        if (TypeOf(owner) is ObjectType && Members.FieldOf(target.Member, method.ContainingType) is { } member)
        {
            return new ElementPlace(new Element(Protect(Operand(instance), later), EquatableArray.Of(member)));
        }

        if (TypeOf(owner) is ObjectType)
        {
            return target is IPropertyReferenceOperation { Property.SetMethod: var computed } access && Computes(computed) ? SetterOf(access, ReceiverOf(Protect(Operand(instance), [.. ValuesOf(access.Arguments), .. later]), computed!), later) : null;
        }

        if (TypeOf(owner) is not StructType type)
        {
            return null;
        }

        if (FieldOf(type, target.Member, Access.Writable) is not { } field)
        {
            return target is IPropertyReferenceOperation { Property.SetMethod: { } setter } property && (HasBody(setter) || Primitives.RuleOf(setter) is not null) ? SetterOf(property, PlaceOf(instance, [.. ValuesOf(property.Arguments), .. later]), later) : null;
        }

        return PartOf(PlaceOf(instance, later), field);
    }

    private static Place? PartOf(Place whole, Field field) => whole switch
    {
        VariablePlace { Target: Pack pack } => new VariablePlace(PartOf(pack, field)),
        ElementPlace { Element: var element } => new ElementPlace(element.Part([field])),
        NoPlace => new NoPlace(field.Type),
        _ => null,
    };

    private bool IsAssignable(IOperation target) => TypeOf(target) is StructType or { HoldsFloating: false } or ArrayType or SpanType;

    private bool ComputesWithParts(params IOperation[] operations) => operations.Any(o => TypeOf(o) is StructType);

    private EquatableArray<Expr> Flat(IEnumerable<Expr> values)
        => values.SelectMany(value => value.Type is StructType ? Leaves(value).Leaves : (IEnumerable<Expr>)[value]).ToEquatable();

    public override Expr? VisitWith(IWithOperation operation, Use use)
    {
        if (TypeOf(operation) is not StructType type || operation.Initializer is null)
        {
            return RefuseComposite(operation);
        }

        Expr copy = NewValue("", type);
        Declare(copy, Name(Lower(operation.Operand)));
        Initialize(new VariablePlace(copy), operation.Initializer);
        return copy;
    }

    private Expr LowerStructCreation(IObjectCreationOperation operation, StructType type)
    {
        Expr? value = operation.Constructor is null || operation.Constructor.IsImplicitlyDeclared && operation.Arguments.Length == 0
            ? DefaultOf(type)
            : HasBody(operation.Constructor) ? Construct(operation, operation.Constructor, type, ArgumentOperands(operation.Arguments))
            : Primitives.RuleOf(operation.Constructor) is { Exact: not null } rule ? Apply(operation, operation.Constructor, rule, ArgumentOperands(operation.Arguments))
            : null;
        if (value is null)
        {
            return RefuseComposite(operation);
        }

        if (operation.Initializer is not { } initializer)
        {
            return value;
        }

        Expr made = NewValue("", type);
        Declare(made, value);
        Initialize(new VariablePlace(made), initializer);
        return made;
    }

    // The object or struct that an initializer fills.
    private readonly Stack<Place> initialized = new();

    private void Initialize(Place place, IObjectOrCollectionInitializerOperation initializer)
    {
        initialized.Push(place);
        foreach (IOperation member in initializer.Initializers)
        {
            if (member is ISimpleAssignmentOperation assignment)
            {
                Visit(assignment, Use.Effect);
            }
            else if (member is IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation inner } nested && PartPlace(inner, []) is { } part)
            {
                Initialize(part, nested.Initializer);
            }
            else
            {
                RefuseUnknown(member);
            }
        }

        initialized.Pop();
    }
}
