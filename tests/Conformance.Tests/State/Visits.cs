namespace CodegenStreaming.Conformance.State;

/// <summary>Counts how often each user came.</summary>
[StreamingPipeline]
public sealed partial class Visits
{
    internal GivenInput<int> Users { get; } = new();

    public void Define(StreamingContext streaming) =>
        Users.AddTo(streaming)
            .Map(user => (user, 1))
            .MapWithState(StateSpec.Function((int user, Option<int> _, State<int> visits) =>
            {
                visits.Update(visits.GetOption().GetValueOrDefault() + 1);
                return user;
            }))
            .Named("visits")
            .Print();
}
