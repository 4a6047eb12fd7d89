using static CodegenStreaming.Generators.Tests.Upgrades.UpgradePrograms;

namespace CodegenStreaming.Generators.Tests.Upgrades;

/// <summary>The matrix: what programs keep apart and find again; types are in another file.</summary>
internal static partial class UpgradeCases
{
    private const string Totals = "total: (a, 111) (b, 2) (c, 5)";
    private const string Counts = "count: (a, 3) (b, 1) (c, 1)";
    private const string NoDiscards = "DiscardedStates = [\"UpdateStateByKey of ";

    public static IReadOnlyList<UpgradeCase> All { get; } = [.. Operators(), .. Names(), .. Pipelines(), .. Windows(), .. Inputs(), .. States(), .. Keys()];

    private static string Total => Update("total", Sum);

    private static string Counted => Update("count", Count);

    private static IEnumerable<UpgradeCase> Operators()
    {
        yield return new("Unchanged", Shop(Total), Shop(Total)) { Expected = [Totals] };
        yield return new("UnchangedTwo", Shop(Total + Counted), Shop(Total + Counted)) { Expected = [Counts, Totals] };
        yield return new("LoopsToDelegates", Shop(Total + Counted), Shop(Total + Counted)) { NewLoops = false, Expected = [Counts, Totals] };
        yield return new("DelegatesToLoops", Shop(Total + Counted), Shop(Total + Counted)) { OldLoops = false, Expected = [Counts, Totals] };
        yield return new("LambdaEdited", Shop(Total), Shop(Update("total", Twice))) { Expected = ["total: (a, 211) (b, 2) (c, 10)"] };
        yield return new("Reformatted", Shop(Total + Counted), Shop(Counted + Total.Replace("UpdateStateByKey", "\n        UpdateStateByKey", StringComparison.Ordinal).Replace(" => ", "\n =>  ", StringComparison.Ordinal)))
        {
            Expected = [Counts, Totals],
        };
        yield return new("OneOfTwoLambdasEdited", Shop(Total + Counted), Shop(Update("total", Twice) + Counted)) { Expected = [Counts, "total: (a, 211) (b, 2) (c, 10)"] };
        yield return new("BothLambdasEdited", Shop(Total + Counted), Shop(Update("total", Twice) + Update("most", Most)))
        {
            Refused = ["UpdateStateByKey of CaseBothLambdasEdited.Shop", "cannot be told", "v.Sum()", "#1", ".Named(\"", NoDiscards],
        };
        yield return new("OneLambdaBecomesTheOther", Shop(Total + Counted), Shop(Update("total", Count) + Update("most", Most)))
        {
            Refused = ["cannot be told", "v.Sum()", ".Named(\"", NoDiscards],
        };
        yield return new("LambdasEditedInTurn", Shop(Total + Counted), Shop(Update("most", Most) + Total)) { Refused = ["cannot be told", ".Named(\""] };
        yield return new("OperatorAdded", Shop(Total), Shop(Counted + Total)) { Expected = ["count: (a, 1) (c, 1)", Totals] };
        yield return new("OperatorAdded_AndTheOtherEdited", Shop(Total), Shop(Counted + Update("total", Twice)))
        {
            Refused = ["UpdateStateByKey of CaseOperatorAdded_AndTheOtherEdited.Shop", "v.Count)", "2 * v.Sum()", ".Named(\"UpdateStateByKey of CaseOperatorAdded_AndTheOtherEdited.Shop\")"],
        };
        yield return new("OperatorRemoved", Shop(Total + Counted), Shop(Counted)) { Expected = [Counts] };
        yield return new("OperatorRemoved_AndTheOtherEdited", Shop(Total + Counted), Shop(Update("total", Twice))) { Refused = ["cannot be told", NoDiscards] };
        yield return new("Swapped", Shop(Total + Counted), Shop(Counted + Total)) { Expected = [Counts, Totals] };
        yield return new("ThirdInserted", Shop(Total + Counted), Shop(Total + Update("most", Most) + Counted)) { Expected = [Counts, "most: (a, 100) (c, 5)", Totals] };
        yield return new("ThirdInsertedAndSwapped", Shop(Total + Counted), Shop(Counted + Update("most", Most) + Total)) { Expected = [Counts, "most: (a, 100) (c, 5)", Totals] };
        yield return new("FilterInsertedUpstream", Shop(Total + Counted), Shop("pairs = pairs.Filter(pair => pair.Item1 != \"c\").Filter(pair => true);\n" + Total + Counted))
        {
            Expected = ["count: (a, 3) (b, 1)", "total: (a, 111) (b, 2)"],
        };
        yield return new("FilterInsertedBeforeOne", Shop(Total + Counted), Shop(Update("total", Sum, of: "pairs.Filter(pair => pair.Item1 == \"b\")") + Counted))
        {
            Expected = [Counts, "total: (a, 11) (b, 2)"],
        };
        yield return new("MovedToAMethod", Shop(Total), Shop("More(pairs);", method: $"private void More(DStream<(string, int)> pairs) => {Total}")) { Expected = [Totals] };
        yield return new("UpdateToMap", Shop(Total), Shop(Mapped())) { Refused = ["MapWithState of CaseUpdateToMap.Shop", "another kind", NoDiscards] };
        yield return new("UpdateToMap_Named", Shop(Update("total", Sum, ".Named(\"total\")")), Shop(Mapped(".Named(\"total\")")))
        {
            Refused = ["'total' (MapWithState", "another kind", "DiscardedStates = [\"total\"]"],
        };
        yield return new("MapUnchanged", Shop(Mapped()), Shop(Mapped())) { Expected = [Totals] };
        yield return new("AllRemoved", Shop(Total + Counted), Shop("log.Show(\"plain\", pairs);")) { Expected = ["plain: "] };
        yield return new("Partitions", Shop(Total + Counted), Shop(Total + Counted)) { OldParallelism = 1, NewParallelism = 7, Expected = [Counts, Totals] };
        yield return new("PartitionsFewer", Shop(Total + Mapped()), Shop(Total + Mapped())) { OldParallelism = 5, NewParallelism = 1, Expected = [Totals] };
        yield return new("BatchInterval", Shop(Total), Shop(Total)) { NewBatchSeconds = 2, OnlyGraceful = true, Expected = [Totals] };
        yield return new("MadeInALoop_OneOfFiveRemoved", Shop(Loop(0, 1, 2, 3, 4)), Shop(Loop(0, 1, 3, 4)))
        {
            Expected = ["loop0: (a, 111) (b, 2) (c, 5)", "loop1: (a, 141) (b, 12) (c, 15)", "loop3: (a, 201) (b, 32) (c, 35)", "loop4: (a, 231) (b, 42) (c, 45)"],
        };
    }

    private static IEnumerable<UpgradeCase> Names()
    {
        var named = Update("total", Sum, ".Named(\"total\")");
        yield return new("NameAdded", Shop(Total), Shop(named)) { Expected = [Totals] };
        yield return new("NameAddedToOneOfTwo", Shop(Total + Counted), Shop(Update("total", Sum, ".Named(\"sums\")") + Counted)) { Expected = [Counts, Totals] };
        yield return new("NameAddedToBoth", Shop(Total + Counted), Shop(Update("count", Count, ".Named(\"counts\")") + named)) { Refused = ["cannot be told", ".Named(\"UpdateStateByKey of"] };
        yield return new("NameAddedAndEdited", Shop(Total), Shop(Update("total", Twice, ".Named(\"total\")"))) { Refused = ["cannot be told", ".Named(\"UpdateStateByKey of CaseNameAddedAndEdited.Shop\")"] };
        yield return new("NamedAsTheRefusalSays", Shop(Total), Shop(Counted + Update("total", Twice, ".Named(\"UpdateStateByKey of CaseNamedAsTheRefusalSays.Shop\")")))
        {
            Expected = ["count: (a, 1) (c, 1)", "total: (a, 211) (b, 2) (c, 10)"],
        };
        yield return new(
            "NamedByNumber",
            Shop(Total + Counted),
            Shop(Update("more", Twice, ".Named(\"UpdateStateByKey of CaseNamedByNumber.Shop #2\")") + Update("most", Most, ".Named(\"UpdateStateByKey of CaseNamedByNumber.Shop #1\")")))
        {
            Expected = ["more: (a, 202) (b, 1) (c, 10)", "most: (a, 100) (b, 2) (c, 5)"],
        };
        yield return new("NameRemoved", Shop(named), Shop(Total)) { Refused = ["'total'", "cannot be told", "ame the one that goes on with it .Named(\"total\")", "DiscardedStates = [\"total\"]"] };
        yield return new("NameChanged", Shop(named), Shop(Update("total", Sum, ".Named(\"sums\")"))) { Refused = ["'total'", "'sums'", ".Named(\"total\")"] };
        yield return new("NamesSwapped_ByTheirNames", Shop(named + Update("count", Count, ".Named(\"count\")")), Shop(Update("count", Twice, ".Named(\"count\")") + Update("total", Most, ".Named(\"total\")")))
        {
            Expected = ["count: (a, 202) (b, 1) (c, 10)", "total: (a, 100) (b, 2) (c, 5)"],
        };
        yield return new("NamedRemoved", Shop(named + Counted), Shop(Counted)) { Expected = [Counts] };
        yield return new("NamedRemoved_UnnamedAdded", Shop(named), Shop(Counted)) { Refused = ["'total'", "UpdateStateByKey of CaseNamedRemoved_UnnamedAdded.Shop"] };
        yield return new("NamedRemoved_Discarded", Shop(named), Shop(Counted)) { Discarded = ["total"], Expected = ["count: (a, 1) (c, 1)"] };
        yield return new("EditedAndDiscarded", Shop(Total), Shop(Counted)) { Discarded = ["UpdateStateByKey of CaseEditedAndDiscarded.Shop"], Expected = ["count: (a, 1) (c, 1)"] };
        yield return new("DiscardedWithoutNeed", Shop(named), Shop(named)) { Discarded = ["total"], Expected = [Totals] };
        yield return new("NamedAndLambdaEdited", Shop(named), Shop(Update("total", Twice, ".Named(\"total\")"))) { Expected = ["total: (a, 211) (b, 2) (c, 10)"] };
        yield return new("TwoOfOneName_InTheNewOne", Shop(named), Shop(named + Update("count", Count, ".Named(\"total\")")))
        {
            HasNoDiscard = true,
            Refused = ["2 streams", "'total'", ".Named(\"…\")"],
        };
        yield return new("TwoAlike_InTheNewOne", Shop(Total), Shop(Total + Update("again", Sum)))
        {
            HasNoDiscard = true,
            Refused = ["UpdateStateByKey of CaseTwoAlike_InTheNewOne.Shop", "only their order", ".Named(\"…\")", "loop"],
        };
    }

    private static IEnumerable<UpgradeCase> Pipelines()
    {
        var named = Update("total", Sum, ".Named(\"total\")");
        yield return new("ClassRenamed", Shop(Total), Shop(Total, name: "Store"))
        {
            Refused = ["UpdateStateByKey of CaseClassRenamed.Shop", "UpdateStateByKey of CaseClassRenamed.Store", "[StreamingPipeline(Name = \"CaseClassRenamed.Shop\")]"],
            // Its input is refused too, and one after another they are given up.
        };
        yield return new("ClassRenamed_NameKept", Shop(Total), Shop(Total, name: "Store", attribute: "[StreamingPipeline(Name = \"CaseClassRenamed_NameKept.Shop\")]")) { Expected = [Totals] };
        yield return new("ClassRenamed_AddedByName", Shop(Total), Shop(Total, name: "Store", add: "streaming.Add(new Store(log), \"CaseClassRenamed_AddedByName.Shop\");")) { Expected = [Totals] };
        yield return new(
            "ClassRenamed_AllNamed",
            Shop(named, input: "streaming.TextFileStream(log.Folder).Named(\"lines\")"),
            Shop(named, name: "Store", input: "streaming.TextFileStream(log.Folder).Named(\"lines\")"))
        {
            Expected = [Totals],
        };
        yield return new("ClassRenamed_AndKeyIncompatible", Shop(Total), Shop(Update("total", Sum, types: "int, int, long", of: "pairs.Map(pair => (pair.Item2, pair.Item2))"), name: "Store"))
        {
            Refused = ["CaseClassRenamed_AndKeyIncompatible"],
        };
        yield return new("ClassWithAFixedName_Renamed", Shop(Total, attribute: "[StreamingPipeline(Name = \"shop\")]"), Shop(Total, name: "Store", attribute: "[StreamingPipeline(Name = \"shop\")]"))
        {
            Expected = [Totals],
        };
        yield return new("MethodRenamed", Shop("Sums(pairs);", method: $"void Sums(DStream<(string, int)> pairs) => {Total}"), Shop("Add(pairs);", method: $"void Add(DStream<(string, int)> pairs) => {Total}"))
        {
            Expected = [Totals],
        };
        var two = Pipeline(Update("second", Sum), name: "Second");
        const string AddTwo = "streaming.Add(new Shop(log)); streaming.Add(new Second(log));";
        const string AddTwoTurned = "streaming.Add(new Second(log)); streaming.Add(new Shop(log));";
        yield return new("TwoPipelines_Turned", Shop(Total, two, add: AddTwo), Shop(Total, two, add: AddTwoTurned)) { Expected = ["second: (a, 111) (b, 2) (c, 5)", Totals] };
        yield return new("PipelineAdded", Shop(Total), Shop(Total, two, add: AddTwoTurned)) { Expected = ["second: (a, 100) (c, 5)", Totals] };
        yield return new("PipelineRemoved", Shop(Total, two, add: AddTwo), Shop(Total)) { Expected = [Totals] };
        var ofSuffix = Update("total\" + suffix + \"", Sum, ".Named(\"total\")");
        const string Europe = "streaming.Add(new Shop(log, \"Europe\"), \"europe\");";
        const string America = "streaming.Add(new Shop(log, \"America\"), \"america\");";
        const string Asia = "streaming.Add(new Shop(log, \"Asia\"), \"asia\");";
        yield return new("ClassTwice_Turned", Shop(ofSuffix, add: Europe + America), Shop(ofSuffix, add: America + Europe))
        {
            Expected = ["totalAmerica: (a, 111) (b, 2) (c, 5)", "totalEurope: (a, 111) (b, 2) (c, 5)"],
        };
        yield return new("ClassTwice_OneReplaced", Shop(ofSuffix, add: Europe + America), Shop(ofSuffix, add: Europe + Asia))
        {
            Refused = ["america", "asia", "streaming.Add(pipeline, \"america\")"],
        };
        yield return new("ClassTwice_OneRemoved", Shop(ofSuffix, add: Europe + America), Shop(ofSuffix, add: America)) { Expected = ["totalAmerica: (a, 111) (b, 2) (c, 5)"] };
        yield return new("ClassTwice_WithoutNames", Shop(named), Shop(named, add: "streaming.Add(new Shop(log)); streaming.Add(new Shop(log));"))
        {
            HasNoDiscard = true,
            Refused = ["'total'", "streaming.Add(pipeline, \"…\")"],
        };
    }

    private static IEnumerable<UpgradeCase> Windows()
    {
        const string All = "window: (a, 111) (b, 2) (c, 5)";
        yield return new("WindowUnchanged", Shop(Window("60", "1")), Shop(Window("60", "1"))) { Expected = [All] };
        yield return new("WindowLength_Inverse", Shop(Window("60", "1")), Shop(Window("50", "1"))) { Refused = ["60 batches", "50", "DiscardedStates"] };
        yield return new("WindowSlide_Inverse", Shop(Window("60", "1")), Shop(Window("60", "2"))) { Refused = ["slide of 1", "60 and 2", "DiscardedStates"] };
        yield return new("WindowLength", Shop(Window("60", "1", hasInverse: false)), Shop(Window("50", "1", hasInverse: false))) { Expected = [All] };
        yield return new("WindowSlide", Shop(Window("60", "1", hasInverse: false)), Shop(Window("60", "2", hasInverse: false))) { Expected = [All] };
        yield return new("WindowShorterThanWhatIsSaved", Shop(Window("60", "1", hasInverse: false)), Shop(Window("3", "1", hasInverse: false))) { Expected = ["window: (a, 100) (c, 5)"] };
        yield return new("WindowBatchInterval", Shop(Window("60", "2")), Shop(Window("60", "2"))) { NewBatchSeconds = 2, OnlyGraceful = true, Refused = ["window of batches of 00:00:01", "00:00:02", "DiscardedStates"] };
        yield return new("WindowRemoved_BatchInterval", Shop(Total + Window("60", "2")), Shop(Total)) { NewBatchSeconds = 2, OnlyGraceful = true, Expected = [Totals] };
        yield return new("WindowPartitions", Shop(Window("60", "1") + Update("total", Sum)), Shop(Window("60", "1") + Update("total", Sum))) { OldParallelism = 3, NewParallelism = 5, Expected = [Totals, All] };
        yield return new("WindowGetsAnInverse", Shop(Window("60", "1", hasInverse: false)), Shop(Window("60", "1"))) { Refused = ["inverse", "DiscardedStates = [\"batches of ReduceByKeyAndWindow of"] };
        yield return new("WindowLosesItsInverse", Shop(Window("60", "1")), Shop(Window("60", "1", hasInverse: false))) { Refused = ["inverse", "DiscardedStates = [\"ReduceByKeyAndWindow of"] };
        yield return new("WindowDiscarded", Shop(Window("60", "1")), Shop(Window("4", "3"))) { Discarded = ["ReduceByKeyAndWindow of CaseWindowDiscarded.Shop"], Expected = ["window: (a, 100) (c, 5)"] };
        yield return new("HistoryOverAnotherStream", Shop(Plain("pairs")), Shop(Plain("pairs.Filter(pair => pair.Item1 == \"a\")"))) { Expected = ["plain: (a, 1) (a, 10) (a, 100) (b, 2)"] };
        yield return new("HistoriesOfTwoStreams", Shop(Plain("pairs")), Shop(Plain("pairs") + Plain("pairs.Filter(pair => true)", "other")))
        {
            HasNoDiscard = true,
            Refused = ["Window of CaseHistoriesOfTwoStreams.Shop", "only their order", ".Named(\"…\")"],
        };
        yield return new("HistoryOfAnotherType", Shop(Plain("pairs")), Shop(Plain("pairs.Map(pair => pair.Item1)"))) { Refused = ["Window of CaseHistoryOfAnotherType.Shop", "DiscardedStates"], HasNoDiscard = true };
        yield return new("ReduceWindow", Shop(Reduced("60")), Shop(Reduced("60"))) { Expected = ["reduced: 118"] };
        yield return new("ReduceWindow_Length", Shop(Reduced("60")), Shop(Reduced("50"))) { Refused = ["60 batches", "DiscardedStates"], HasNoDiscard = true };
        yield return new("ReduceWindow_Discarded", Shop(Reduced("60")), Shop(Reduced("4"))) { Discarded = ["ReduceByWindow of CaseReduceWindow_Discarded.Shop"], Expected = ["reduced: 105"] };
    }

    private static IEnumerable<UpgradeCase> Inputs()
    {
        const string Named = "streaming.TextFileStream(log.Folder).Named(\"lines\")";
        const string Other = "streaming.TextFileStream(log.Other)";
        yield return new("InputNamed", Shop(Total), Shop(Total, input: Named)) { Expected = [Totals] };
        yield return new("InputRenamed", Shop(Total, input: Named), Shop(Total, input: "streaming.TextFileStream(log.Folder).Named(\"rows\")")) { Refused = ["'lines'", "'rows'", "place"] };
        yield return new("InputEdited", Shop(Total), Shop(Total, input: "streaming.TextFileStream(log.Folder + \"\")")) { Expected = [Totals] };
        yield return new("InputMoved", Shop(Total), Shop(Total, input: Other)) { Refused = ["File stream of String", "-other", "place", "DiscardedStates = [\"File stream of"] };
        yield return new("InputMoved_Named", Shop(Total, input: Named), Shop(Total, input: Other + ".Named(\"lines\")")) { Refused = ["'lines'", "has taken files such as", "-other", "DiscardedStates = [\"lines\"]"] };
        yield return new("InputAdded", Shop(Total), Shop(Total + "log.Show(\"other\", streaming.TextFileStream(log.Other).Window(TimeSpan.FromSeconds(60)));")) { Expected = ["other: a 100000 c 5000", Totals] };
        yield return new("InputRemoved", Shop(Total + "log.Show(\"other\", streaming.TextFileStream(log.Other));"), Shop(Total)) { Expected = [Totals] };
        yield return new("InputsTurned", Shop("var other = streaming.TextFileStream(log.Other);" + Total + "log.Show(\"other\", other);"), Shop(Total + "log.Show(\"other\", streaming.TextFileStream(log.Other));")) { Expected = ["other: ", Totals] };
        yield return new("SourceKind", Shop(Total), Shop(Total, input: "streaming.Utf8FileStream(log.Folder).Map(line => line.ToString())")) { Refused = ["File stream of Utf8Slice", "File stream of String", "another kind"] };
    }

    private static string Mapped(string named = "") =>
        $"log.Show(\"total\", pairs.MapWithState(StateSpec.Function<string, int, long, long>((key, value, state) => {{ var sum = (state.Exists ? state.Get() : 0) + value.Value; state.Update(sum); return sum; }})){named}.StateSnapshots());\n";

    private static string Loop(params int[] numbers) =>
        $"foreach (var number in new[] {{ {string.Join(", ", numbers)} }}) {{ var more = pairs.Map(pair => (pair.Item1, pair.Item2 + (10 * number)));\n"
        + "log.Show($\"loop{number}\", more.UpdateStateByKey<string, int, long>((v, s) => new Option<long>(s.GetValueOrDefault() + v.Sum())).Named($\"loop{number}\")); }\n";

    private static string Plain(string stream, string show = "plain") => $"log.Show(\"{show}\", {stream}.Window(TimeSpan.FromSeconds(60)));\n";

    private static string Reduced(string length) => $"log.Show(\"reduced\", pairs.Map(pair => pair.Item2).ReduceByWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds({length}), TimeSpan.FromSeconds(1)));\n";
}
