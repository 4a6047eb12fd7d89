using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>A partition whose keys are updated all together: records are looked up in the table, keys are not looked up in the records.</summary>
internal abstract class GroupedState<TKey, TImage, TValue, TState, TKeys>(TKeys keys)
    : StatePartition<TKey, TImage, TValue, TState, TState, (TKey, TState), TKeys, WholeState<TState>>(keys)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
{
    protected EntryRows<TValue> Rows { get; } = new();

    /// <summary>The entries that have a state; those behind them are there for their values only.</summary>
    protected int StatesBefore { get; private set; }

    public sealed override bool IsIdle(BatchTime time) => Count == 0;

    protected override void Begin(TaskScope task, StateInput<TKey, TValue, TState> input) => Rows.Begin(task);

    protected sealed override void Load(TKey key, TState state, BatchTime time)
    {
        var image = Table.ImageOf(key);
        if (Table.NumberOf(key, image) < 0)
        {
            Table.Add(key, image, state);
        }
    }

    protected sealed override void BeginRecords() => StatesBefore = Table.NumberCount;

    protected sealed override void Enter(ReadOnlySpan<(TKey, TValue)> records, ReadOnlySpan<int> positions, ReadOnlySpan<TImage> images)
    {
        if (Table.IsLarge)
        {
            foreach (ref readonly var image in images)
            {
                Rows.Expect(Table.ExpectEntry(image));
            }
        }

        for (var index = 0; index < positions.Length; index++)
        {
            ref readonly var record = ref records[positions[index]];
            var number = Table.NumberOf(record.Item1, images[index]);
            Rows.Add(number >= 0 ? number : Table.Add(record.Item1, images[index], default!), record.Item2);
        }
    }

    protected sealed override Block<(TKey, TState)>? End(TaskScope task)
    {
        Update(task);
        Rows.End(task);
        return null;
    }

    /// <summary>Rewrites the table.</summary>
    protected abstract void Update(TaskScope task);
}
