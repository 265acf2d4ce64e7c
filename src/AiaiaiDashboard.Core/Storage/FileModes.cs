namespace AiaiaiDashboard.Core.Storage;

/// <summary>Unix modes of what the store creates: for the owner only, since budgets, project names and keys are in there.</summary>
internal static class FileModes
{
    /// <summary>0600.</summary>
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;
}
