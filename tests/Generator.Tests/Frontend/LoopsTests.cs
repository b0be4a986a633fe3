namespace Backprop.Generator.Tests.Frontend;

/// <summary>Loops and jumps.</summary>
public sealed class LoopsTests
{
    [Fact]
    public void A_for_loop_with_one_variable_names_its_index() => Assert.Equal(
        """
        double sum = 0.0
        int i = 0
        loop 1 while (#1) index i
        condition
          int #2 = a.Length
          bool #1 = i < #2
        body
          double #3 = a[i]
          sum = sum + #3
        step
          i = i + 1
        return sum
        """,
        Source.BodyText("""
            [Differentiable] static double F(ReadOnlySpan<double> a)
            {
                double sum = 0;
                for (int i = 0; i < a.Length; i++)
                    sum += a[i];
                return sum;
            }
            """));

    [Fact]
    public void A_for_loop_with_two_variables_has_no_index() => Assert.Equal(
        """
        int i = n - 1
        int j = 0
        loop 1 while (#1)
        condition
          bool #1 = i >= j
        body
          x = x * x
        step
          i = i - 2
          j = j + 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                for (int i = n - 1, j = 0; i >= j; i -= 2, j++)
                    x *= x;
                return x;
            }
            """));

    [Fact]
    public void An_endless_loop_ends_by_break() => Assert.Equal(
        """
        loop 1 while (true)
        body
          bool #1 = x > 1.0
          if 2 (#1)
            break 1
          x = x * 2.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                for (;;)
                {
                    if (x > 1)
                        break;
                    x *= 2;
                }
                return x;
            }
            """));

    [Fact]
    public void While_computes_its_test_before_each_iteration() => Assert.Equal(
        """
        loop 1 while (#1)
        condition
          int #2 = n
          n = #2 - 1
          bool #3 = #2 > 0
          bool #1
          if 2 (#3)
            #1 = x < 10.0
          else
            #1 = false
        body
          x = x * 2.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                while (n-- > 0 && x < 10)
                    x *= 2;
                return x;
            }
            """));

    [Fact]
    public void Do_tests_at_the_end_of_the_body() => Assert.Equal(
        """
        loop 1 while (true)
        body
          scope 2
            x = x * 2.0
            bool #1 = x > 5.0
            if 3 (#1)
              leave 2
            x = x + 1.0
          bool #2 = x < 10.0
          if 4 (#2)
          else
            break 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                do
                {
                    x *= 2;
                    if (x > 5)
                        continue;
                    x += 1;
                }
                while (x < 10);
                return x;
            }
            """));

    [Fact]
    public void Continue_leaves_the_scope_of_the_body() => Assert.Equal(
        """
        int i = 0
        loop 1 while (#1) index i
        condition
          bool #1 = i < n
        body
          scope 2
            bool #2 = i == 3
            if 3 (#2)
              leave 2
            x = x * 2.0
        step
          i = i + 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                for (int i = 0; i < n; i++)
                {
                    if (i == 3)
                        continue;
                    x *= 2;
                }
                return x;
            }
            """));

    [Fact]
    public void Continue_inside_a_switch_goes_to_the_loop() => Assert.Equal(
        """
        loop 1 while (#1)
        condition
          bool #1 = n > 0
        body
          scope 2
            n = n - 1
            int #2 = n
            bool #3 = #2 == 1
            if 3 (#3)
              leave 2
            else
              bool #4 = #2 == 2
              if 4 (#4)
            x = x * 2.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                while (n > 0)
                {
                    n--;
                    switch (n)
                    {
                        case 1:
                            continue;
                        case 2:
                            break;
                    }
                    x *= 2;
                }
                return x;
            }
            """));

    [Fact]
    public void Break_of_an_outer_loop_is_told_from_an_inner_one() => Assert.Equal(
        """
        int i = 0
        loop 1 while (#1) index i
        condition
          bool #1 = i < n
        body
          int j = 0
          loop 2 while (#2) index j
          condition
            bool #2 = j < i
          body
            double #3 = (double)j
            bool #4 = x > #3
            if 3 (#4)
              break 2
            x = x + 1.0
          step
            j = j + 1
          bool #5 = x > 9.0
          if 4 (#5)
            break 1
        step
          i = i + 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        if (x > j)
                            break;
                        x += 1;
                    }
                    if (x > 9)
                        break;
                }
                return x;
            }
            """));

    [Fact]
    public void Foreach_goes_by_index() => Assert.Equal(
        """
        double sum = 0.0
        int #1 = a.Length
        int #2 = 0
        loop 1 while (#3) index #2
        condition
          bool #3 = #2 < #1
        body
          double e = a[#2]
          sum = sum + e
        step
          #2 = #2 + 1
        return sum
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a)
            {
                double sum = 0;
                foreach (double e in a)
                    sum += e;
                return sum;
            }
            """));

    [Fact]
    public void Foreach_converts_its_element() => Assert.Equal(
        """
        int #1 = a.Length
        int #2 = 0
        loop 1 while (#3) index #2
        condition
          bool #3 = #2 < #1
        body
          int #4 = a[#2]
          double e = (double)#4
          x = x + e
        step
          #2 = #2 + 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int[] a)
            {
                foreach (double e in a)
                    x += e;
                return x;
            }
            """));

    [Fact]
    public void Foreach_by_reference_writes_the_element() => Assert.Equal(
        """
        int #1 = a.Length
        int #2 = 0
        loop 1 while (#3) index #2
        condition
          bool #3 = #2 < #1
        body
          double #4 = a[#2]
          double #5 = #4 * 2.0
          a[#2] = #5
        step
          #2 = #2 + 1
        double #6 = a[0]
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(Span<double> a)
            {
                foreach (ref double e in a)
                    e *= 2;
                return a[0];
            }
            """));

    [Fact]
    public void Foreach_evaluates_its_collection_once() => Assert.Equal(
        """
        int[] #1 = a
        int #2 = #1.Length
        int #3 = 0
        loop 1 while (#4) index #3
        condition
          bool #4 = #3 < #2
        body
          int e = #1[#3]
          a = new escapes int[](e)
          double #5 = (double)e
          x = x + #5
        step
          #3 = #3 + 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int[] a)
            {
                foreach (int e in a)
                {
                    a = new int[e];
                    x += e;
                }
                return x;
            }
            """));

    [Fact]
    public void A_float_counter_is_an_index_too() => Assert.Equal(
        """
        double t = 0.0
        loop 1 while (#1) index t
        condition
          bool #1 = t < 1.0
        body
          x = x + t
        step
          t = t + 0.1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                for (double t = 0; t < 1; t += 0.1)
                    x += t;
                return x;
            }
            """));
}
