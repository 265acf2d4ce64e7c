using LibGit2Sharp;

namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>How the git library is set up before the first repository is opened.</summary>
internal static class GitAccess
{
    static GitAccess()
    {
        // Repositories of another user are read like any other: the check protects programs that run what a repository configures.
        GlobalSettings.SetOwnerValidation(false);

        // Repositories with these settings open; nothing that they change is needed here.
        GlobalSettings.SetExtensions("partialclone", "relativeworktrees");
    }

    /// <summary>Sets it up once; cheap afterwards.</summary>
    public static void Prepare()
    {
    }
}
