namespace CodegenStreaming.Generators.Parse;

/// <summary>Cuts chains of calls into runs, each of which becomes one loop.</summary>
internal static class RunFinder
{
    public static IEnumerable<List<OperatorCall>> Find(IReadOnlyList<OperatorCall> calls)
    {
        foreach (var head in calls.Where(call => call.Previous is null))
        {
            var run = new List<OperatorCall>();
            for (var call = head; call is not null; call = call.Next)
            {
                if (call.Refusal is not null || call.Kind == OperatorKind.Other)
                {
                    if (IsWorthALoop(run))
                    {
                        yield return run;
                    }

                    run = [];
                    continue;
                }

                if (OperatorTable.ReadsPartition(call.Kind))
                {
                    if (IsWorthALoop(run))
                    {
                        yield return run;
                    }

                    run = [];
                }

                run.Add(call);
                if (OperatorTable.EndsLoop(call.Kind))
                {
                    if (IsWorthALoop(run))
                    {
                        yield return run;
                    }

                    run = [];
                }
            }

            if (IsWorthALoop(run))
            {
                yield return run;
            }
        }
    }

    private static bool IsWorthALoop(List<OperatorCall> run) =>
        run.Count > 0 && (!OperatorTable.EndsLoop(run[0].Kind) || OperatorTable.HasLoopOfItsOwn(run[0].Kind) || run[0].HasStateFunction);
}
