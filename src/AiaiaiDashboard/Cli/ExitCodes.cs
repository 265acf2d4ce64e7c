namespace AiaiaiDashboard.Cli;

/// <summary>Exit codes of the commands (CONTRACT.md §1).</summary>
public static class ExitCodes
{
    /// <summary>Done; for check: within budget.</summary>
    public const int Success = 0;

    /// <summary>Sync partial or failed; check cannot evaluate; anything unexpected.</summary>
    public const int Failure = 1;

    /// <summary>Bad options or bad configuration.</summary>
    public const int BadConfiguration = 2;

    /// <summary>The data directory is in use by somebody who cannot be asked.</summary>
    public const int DirectoryInUse = 3;

    /// <summary>The address is in use.</summary>
    public const int AddressInUse = 4;

    /// <summary>Check: a warning is active.</summary>
    public const int WarningActive = 10;

    /// <summary>Check: a critical alert is active.</summary>
    public const int CriticalActive = 11;
}
