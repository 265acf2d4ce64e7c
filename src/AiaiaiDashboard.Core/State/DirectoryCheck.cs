using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.Manual;

namespace AiaiaiDashboard.Core.State;

/// <summary>Looks through a whole data directory.</summary>
public static class DirectoryCheck
{
    /// <summary>
    /// What is wrong with the files of a person. Derived documents are not looked at: they are made again. Lines of history that cannot be read are no
    /// problem either: they are kept and passed over everywhere.
    /// </summary>
    public static IReadOnlyList<FileProblem> Problems(DataDirectory directory)
    {
        var store = new DocumentStore(directory);
        return
        [
            .. StartConfig.Load(store).Problems,
            .. store.Read(ConfigDocuments.Security).Problems,
            .. store.Read(ProjectDocuments.Projects).Problems,
            .. store.Read(ManualTokens.Document).Problems,
        ];
    }
}
