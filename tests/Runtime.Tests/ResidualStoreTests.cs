namespace Backprop.Tests;

/// <summary>Memory that outlives the method that rented it, until the frame of its caller closes.</summary>
public sealed class ResidualStoreTests
{
    private struct Holder
    {
        public object? Value;
        public ResidualMemory Inner;
    }

    [Fact]
    public void What_is_kept_is_found_again()
    {
        using ResidualStore.Frame frame = ResidualStore.Open();
        ResidualMemory first = Filled(frame.Store, 1), second = Filled(frame.Store, 2);
        Assert.Equal([1, 2, 3], first.AsSpan<double>().ToArray());
        Assert.Equal([2, 3, 4], second.AsSpan<double>().ToArray());
    }

    [Fact]
    public void Without_a_frame_it_lives_in_a_store_of_its_own()
    {
        ResidualMemory[] kept = [.. Enumerable.Range(0, 20).Select(static i => Filled(null, i))];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal([i, i + 1, i + 2], kept[i].AsSpan<double>().ToArray()));
    }

    [Fact]
    public void Values_with_references_are_kept_and_forgotten_when_the_frame_closes()
    {
        WeakReference forgotten = Keep();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(forgotten.IsAlive);
        using ResidualStore.Frame frame = ResidualStore.Open();
        Assert.Null(frame.Rent<Holder>(3)[0].Value);
    }

    [Fact]
    public void Frames_in_frames_give_back_only_their_own()
    {
        using ResidualStore.Frame outer = ResidualStore.Open();
        Span<Holder> before = outer.Rent<Holder>(40);
        before[39].Value = "kept";
        using (ResidualStore.Frame inner = ResidualStore.Open())
        {
            inner.Rent<Holder>(100)[99].Value = "gone";
        }

        Assert.Equal("kept", before[39].Value);
        Assert.True(MemoryIsClear(outer.Rent<Holder>(100)));
    }

    [Fact]
    public void Nothing_is_opened_where_nothing_is_kept()
    {
        using ResidualStore.Frame frame = ResidualStore.OpenIf(false);
        Assert.Null(frame.Store);
    }

    [Fact]
    public void A_copy_stays_when_the_original_is_written()
    {
        double[] a = [1, 2];
        using ResidualStore.Frame frame = ResidualStore.Open();
        ResidualMemory copy = frame.KeepCopy<double>(a);
        a[0] = 5;
        Assert.Equal(1, copy.AsSpan<double>()[0]);
    }

    [Fact]
    public void Rented_memory_goes_by_name_and_other_memory_is_copied()
    {
        double[] a = [1, 2];
        using ResidualStore.Frame frame = ResidualStore.Open();
        Span<double> rented = frame.Rent<double>(3);
        ResidualMemory named = frame.KeepOrCopy<double>(rented[1..]), copy = frame.KeepOrCopy<double>(a);
        (a[0], rented[1], rented[2]) = (5, 7, 8);
        string[] words = ["a"];
        ResidualMemory copied = frame.KeepOrCopy<string>(words);
        words[0] = "b";
        Assert.Equal(["a"], copied.AsSpan<string>());
        Assert.Equal([7, 8], named.AsSpan<double>());
        Assert.Equal([1, 2], copy.AsSpan<double>());
    }

    [Fact]
    public void After_the_first_time_nothing_is_allocated()
    {
        Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Memory_of_somebody_else_cannot_be_kept()
    {
        using ResidualStore.Frame frame = ResidualStore.Open();
        double[] foreign = [1];
        Exception? thrown = null;
        try
        {
            frame.Keep<double>(foreign);
        }
        catch (InvalidOperationException e)
        {
            thrown = e;
        }

        Assert.NotNull(thrown);
    }

    private static void Use()
    {
        using ResidualStore.Frame frame = ResidualStore.Open();
        for (int i = 0; i < 10; i++)
        {
            Holder holder = new() { Inner = Filled(frame.Store, i) };
            frame.KeepValue(holder);
        }
    }

    private static ResidualMemory Filled(ResidualStore? store, double from)
    {
        ResidualStore.Frame frame = ResidualStore.Within(store);
        Span<double> rented = frame.Rent<double>(3);
        (rented[0], rented[1], rented[2]) = (from, from + 1, from + 2);
        return frame.Keep(rented);
    }

    private static WeakReference Keep()
    {
        using ResidualStore.Frame frame = ResidualStore.Open();
        object value = new();
        ResidualMemory kept = frame.KeepValue(new Holder { Value = value });
        Assert.Same(value, kept.Value<Holder>().Value);
        return new WeakReference(value);
    }

    private static bool MemoryIsClear(Span<Holder> span)
    {
        foreach (Holder holder in span)
        {
            if (holder.Value is not null)
            {
                return false;
            }
        }

        return true;
    }
}
