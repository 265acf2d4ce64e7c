namespace AiaiaiDashboard.Core.Settings;

/// <summary>A file changed between being opened on a page and being saved there.</summary>
/// <param name="file">Which.</param>
public sealed class SettingsConflictException(string file) : Exception($"{file} was changed meanwhile, by hand or on another page. Nothing was written.");
