using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>Runs a primal and its backward pass at a point: adds the gradient to the accumulator and returns the primal's value.</summary>
public delegate double BackwardOf<T>(T x, ref T dx);

/// <inheritdoc cref="BackwardOf{T}"/>
public delegate double BackwardOf<T1, T2>(T1 a, T2 b, ref T1 da, ref T2 db);

/// <inheritdoc cref="BackwardOf{T}"/>
public delegate double BackwardOf<T1, T2, T3>(T1 a, T2 b, T3 c, ref T1 da, ref T2 db, ref T3 dc);

/// <inheritdoc cref="BackwardOf{T}"/>
public delegate double BackwardOf<T1, T2, T3, T4>(T1 a, T2 b, T3 c, T4 d, ref T1 da, ref T2 db, ref T3 dc, ref T4 dd);

/// <summary>
/// Compares backward passes with differences of their primals, for unit tests. <c>Run</c> throws where they disagree and says what is wrong where;
/// <c>Examine</c> returns the same as a report.
/// </summary>
/// <remarks>
/// A parameter is <c>float</c>, <c>double</c>, a struct or tuple of them, an array of any rank, an array of arrays, or a type marked
/// <see cref="DifferentiableAttribute"/>; what a primal takes as a span is given as an array. Every call gets arguments of its own, so a primal may write
/// into them. Derivatives along random directions, and along every number of a small problem, are taken by central differences over a sweep of steps,
/// extrapolated (L. F. Richardson, 1911) and taken where truncation and noise are together least; the noise of the primal is measured (J. J. Moré and
/// S. M. Wild, <em>Estimating Computational Noise</em>, SIAM J. Sci. Comput. 33, 2011). The same seed gives the same report.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks a function of one parameter: <c>GradientCheck.Run(x => F(x), (x, ref dx) => FBackward(x, ref dx), at: 1.3)</c>.</summary>
    /// <param name="value">The primal.</param>
    /// <param name="backward">Its backward pass.</param>
    /// <param name="at">The point; it is not changed.</param>
    /// <param name="options">Tolerance, directions and seed.</param>
    /// <param name="source">The backward pass as written, from which the report takes the names of the parameters.</param>
    /// <returns>A report that says how well they agree.</returns>
    /// <exception cref="GradientCheckException">They disagree, or the check cannot tell.</exception>
    /// <exception cref="ArgumentException">A parameter has no numbers.</exception>
    public static GradientReport Run<T>(
        Func<T, double> value, BackwardOf<T> backward, T at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
        => Examine(value, backward, at, options, source).OrThrow();

    /// <summary>Checks a function of two parameters.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)"/>
    public static GradientReport Run<T1, T2>(
        Func<T1, T2, double> value, BackwardOf<T1, T2> backward, (T1, T2) at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
        => Examine(value, backward, at, options, source).OrThrow();

    /// <summary>Checks a function of three parameters.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)"/>
    public static GradientReport Run<T1, T2, T3>(
        Func<T1, T2, T3, double> value, BackwardOf<T1, T2, T3> backward, (T1, T2, T3) at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
        => Examine(value, backward, at, options, source).OrThrow();

    /// <summary>Checks a function of four parameters.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)"/>
    public static GradientReport Run<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, double> value, BackwardOf<T1, T2, T3, T4> backward, (T1, T2, T3, T4) at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
        => Examine(value, backward, at, options, source).OrThrow();

    /// <summary>Checks a loss of a model: <c>GradientCheck.Run(m => m.Loss(x), (m, dm) => m.LossBackward(x, dm), at: model)</c>.</summary>
    /// <param name="value">The loss.</param>
    /// <param name="backward">Adds the gradient to its second argument, a model of the same shape, and returns the loss.</param>
    /// <param name="at">The model; it is not changed.</param>
    /// <param name="options">Tolerance, directions and seed.</param>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)"/>
    public static GradientReport Run<TModel>(Func<TModel, double> value, Func<TModel, TModel, double> backward, TModel at, GradientCheckOptions? options = null)
        where TModel : class, IDifferentiable<TModel> => Examine(value, backward, at, options).OrThrow();

    /// <summary>What <see cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)"/> checks, as a report.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)" path="/param|/exception[@cref='T:System.ArgumentException']"/>
    public static GradientReport Examine<T>(
        Func<T, double> value, BackwardOf<T> backward, T at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
    {
        string[] names = ParameterNames.In(source, 1);
        CheckedArgument<T> a = CheckedArgument<T>.Of(at, names[0], 0);
        return Examination.Run(new CheckedFunction([a], x => value(a.Make(x)), (x, dx) =>
        {
            T da = a.Make(dx);
            double result = backward(a.Make(x), ref da);
            a.Read(da, dx);
            return result;
        }), options);
    }

    /// <summary>What <c>Run</c> checks, as a report.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)" path="/param|/exception[@cref='T:System.ArgumentException']"/>
    public static GradientReport Examine<T1, T2>(
        Func<T1, T2, double> value, BackwardOf<T1, T2> backward, (T1, T2) at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
    {
        string[] names = ParameterNames.In(source, 2);
        CheckedArgument<T1> a = CheckedArgument<T1>.Of(at.Item1, names[0], 0);
        CheckedArgument<T2> b = CheckedArgument<T2>.Of(at.Item2, names[1], a.End);
        return Examination.Run(new CheckedFunction([a, b], x => value(a.Make(x), b.Make(x)), (x, dx) =>
        {
            (T1 da, T2 db) = (a.Make(dx), b.Make(dx));
            double result = backward(a.Make(x), b.Make(x), ref da, ref db);
            a.Read(da, dx);
            b.Read(db, dx);
            return result;
        }), options);
    }

    /// <summary>What <c>Run</c> checks, as a report.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)" path="/param|/exception[@cref='T:System.ArgumentException']"/>
    public static GradientReport Examine<T1, T2, T3>(
        Func<T1, T2, T3, double> value, BackwardOf<T1, T2, T3> backward, (T1, T2, T3) at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
    {
        string[] names = ParameterNames.In(source, 3);
        CheckedArgument<T1> a = CheckedArgument<T1>.Of(at.Item1, names[0], 0);
        CheckedArgument<T2> b = CheckedArgument<T2>.Of(at.Item2, names[1], a.End);
        CheckedArgument<T3> c = CheckedArgument<T3>.Of(at.Item3, names[2], b.End);
        return Examination.Run(new CheckedFunction([a, b, c], x => value(a.Make(x), b.Make(x), c.Make(x)), (x, dx) =>
        {
            (T1 da, T2 db, T3 dc) = (a.Make(dx), b.Make(dx), c.Make(dx));
            double result = backward(a.Make(x), b.Make(x), c.Make(x), ref da, ref db, ref dc);
            a.Read(da, dx);
            b.Read(db, dx);
            c.Read(dc, dx);
            return result;
        }), options);
    }

    /// <summary>What <c>Run</c> checks, as a report.</summary>
    /// <inheritdoc cref="Run{T}(Func{T, double}, BackwardOf{T}, T, GradientCheckOptions, string)" path="/param|/exception[@cref='T:System.ArgumentException']"/>
    public static GradientReport Examine<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, double> value, BackwardOf<T1, T2, T3, T4> backward, (T1, T2, T3, T4) at, GradientCheckOptions? options = null, [CallerArgumentExpression(nameof(backward))] string source = "")
    {
        string[] names = ParameterNames.In(source, 4);
        CheckedArgument<T1> a = CheckedArgument<T1>.Of(at.Item1, names[0], 0);
        CheckedArgument<T2> b = CheckedArgument<T2>.Of(at.Item2, names[1], a.End);
        CheckedArgument<T3> c = CheckedArgument<T3>.Of(at.Item3, names[2], b.End);
        CheckedArgument<T4> d = CheckedArgument<T4>.Of(at.Item4, names[3], c.End);
        return Examination.Run(new CheckedFunction([a, b, c, d], x => value(a.Make(x), b.Make(x), c.Make(x), d.Make(x)), (x, dx) =>
        {
            (T1 da, T2 db, T3 dc, T4 dd) = (a.Make(dx), b.Make(dx), c.Make(dx), d.Make(dx));
            double result = backward(a.Make(x), b.Make(x), c.Make(x), d.Make(x), ref da, ref db, ref dc, ref dd);
            a.Read(da, dx);
            b.Read(db, dx);
            c.Read(dc, dx);
            d.Read(dd, dx);
            return result;
        }), options);
    }

    /// <summary>What <c>Run</c> checks of a model, as a report.</summary>
    /// <inheritdoc cref="Run{TModel}(Func{TModel, double}, Func{TModel, TModel, double}, TModel, GradientCheckOptions)" path="/param|/exception[@cref='T:System.ArgumentException']"/>
    public static GradientReport Examine<TModel>(Func<TModel, double> value, Func<TModel, TModel, double> backward, TModel at, GradientCheckOptions? options = null)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(at);
        var a = new ModelArgument<TModel>(at);
        return Examination.Run(new CheckedFunction([a], x => value(a.Make(x)), (x, dx) =>
        {
            TModel da = a.Make(dx);
            double result = backward(a.Make(x), da);
            a.Read(da, dx);
            return result;
        }), options);
    }
}
