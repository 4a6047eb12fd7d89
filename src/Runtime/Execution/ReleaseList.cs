using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Execution;

/// <summary>What is to be given back at a batch's end. Not thread-safe.</summary>
internal sealed class ReleaseList
{
    private readonly List<(Delegate Action, long Amount)> _actions = [];

    public void Add(Action action) => _actions.Add((action, 0));

    public void Add(Action<long> giveBack, long amount) => _actions.Add((giveBack, amount));

    /// <summary>Each action has its turn, whatever one before it throws: room that is not given back is lost for good.</summary>
    public void RunAll() => Run(static action => true);

    /// <summary>Gives the amounts back and leaves the rest for later.</summary>
    public void GiveBack() => Run(static action => action is Action<long>);

    private void Run(Func<Delegate, bool> isWanted)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var (action, amount) in _actions)
        {
            if (!isWanted(action))
            {
                continue;
            }

            try
            {
                if (action is Action<long> giveBack)
                {
                    giveBack(amount);
                }
                else
                {
                    ((Action)action)();
                }
            }
#pragma warning disable CA1031 // Thrown again after the others have had their turn.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        for (var index = _actions.Count - 1; index >= 0; index--)
        {
            if (isWanted(_actions[index].Action))
            {
                _actions.RemoveAt(index);
            }
        }

        failure?.Throw();
    }
}
