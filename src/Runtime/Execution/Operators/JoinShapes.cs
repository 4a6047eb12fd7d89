namespace CodegenStreaming.Execution.Operators;

/// <summary>What a join makes of two records, and of one that has no partner. Implemented by structs, so that a join is compiled for each.</summary>
internal interface IJoinShape<TLeft, TRight, TOut>
{
    /// <summary>Whether a left record without a partner is kept.</summary>
    static abstract bool KeepsLeft { get; }

    /// <summary>Whether a right record without a partner is kept.</summary>
    static abstract bool KeepsRight { get; }

    static abstract TOut Both(TLeft left, TRight right);

    static abstract TOut LeftOnly(TLeft left);

    static abstract TOut RightOnly(TRight right);
}

internal readonly struct InnerJoin<TLeft, TRight> : IJoinShape<TLeft, TRight, (TLeft, TRight)>
{
    public static bool KeepsLeft => false;

    public static bool KeepsRight => false;

    public static (TLeft, TRight) Both(TLeft left, TRight right) => (left, right);

    public static (TLeft, TRight) LeftOnly(TLeft left) => throw new NotSupportedException();

    public static (TLeft, TRight) RightOnly(TRight right) => throw new NotSupportedException();
}

internal readonly struct LeftOuterJoin<TLeft, TRight> : IJoinShape<TLeft, TRight, (TLeft, Option<TRight>)>
{
    public static bool KeepsLeft => true;

    public static bool KeepsRight => false;

    public static (TLeft, Option<TRight>) Both(TLeft left, TRight right) => (left, new Option<TRight>(right));

    public static (TLeft, Option<TRight>) LeftOnly(TLeft left) => (left, default);

    public static (TLeft, Option<TRight>) RightOnly(TRight right) => throw new NotSupportedException();
}

internal readonly struct RightOuterJoin<TLeft, TRight> : IJoinShape<TLeft, TRight, (Option<TLeft>, TRight)>
{
    public static bool KeepsLeft => false;

    public static bool KeepsRight => true;

    public static (Option<TLeft>, TRight) Both(TLeft left, TRight right) => (new Option<TLeft>(left), right);

    public static (Option<TLeft>, TRight) LeftOnly(TLeft left) => throw new NotSupportedException();

    public static (Option<TLeft>, TRight) RightOnly(TRight right) => (default, right);
}

internal readonly struct FullOuterJoin<TLeft, TRight> : IJoinShape<TLeft, TRight, (Option<TLeft>, Option<TRight>)>
{
    public static bool KeepsLeft => true;

    public static bool KeepsRight => true;

    public static (Option<TLeft>, Option<TRight>) Both(TLeft left, TRight right) => (new Option<TLeft>(left), new Option<TRight>(right));

    public static (Option<TLeft>, Option<TRight>) LeftOnly(TLeft left) => (new Option<TLeft>(left), default);

    public static (Option<TLeft>, Option<TRight>) RightOnly(TRight right) => (default, new Option<TRight>(right));
}
