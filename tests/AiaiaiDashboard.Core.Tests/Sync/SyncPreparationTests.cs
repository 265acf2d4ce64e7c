using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Tests.Sync;

public class SyncPreparationTests
{
    [Fact]
    public void Run_ItsDocuments_AreAllReadable() => Assert.Null(Record.Exception(SyncPreparation.Run));
}
