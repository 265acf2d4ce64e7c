using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;
using FluentValidation;

namespace AiaiaiDashboard.Core.Usage.Manual;

/// <summary>tokens.json: usage typed by hand, and the rows of the original dashboard. Read, never written.</summary>
public sealed record ManualTokens
{
    /// <summary>The document.</summary>
    public static readonly DocumentType<ManualTokens> Document =
        new(DataFiles.Tokens, static () => DocumentJson.TypeInfo<ManualTokens>(ManualJsonContext.Default), DocumentKind.Person, static () => new ManualTokensValidator());

    /// <summary>Budget of the original; see the settings.</summary>
    public JsonElement? Budget { get; init; }

    /// <summary>The entries, in the order they were typed.</summary>
    public IReadOnlyList<ManualEntry> Entries { get; init; } = [];

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>One entry of tokens.json.</summary>
public sealed record ManualEntry
{
    /// <summary>Session of the rows an API sync of the original wrote.</summary>
    public const string AutoSync = "auto-sync";

    /// <summary>Day, <c>YYYY-MM-DD</c>; a time after it is dropped. The original also wrote days as text, such as <c>Feb 5, 2026</c>.</summary>
    public string Date { get; init; } = "";

    /// <summary>Project id or name.</summary>
    public string? Project { get; init; }

    /// <summary>Any name; <see cref="AutoSync"/> marks rows of an API sync.</summary>
    public string? Session { get; init; }

    /// <summary>Input tokens.</summary>
    public long TokensIn { get; init; }

    /// <summary>Output tokens.</summary>
    public long TokensOut { get; init; }

    /// <summary>USD; where it is missing the price table applies.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Model.</summary>
    public string? Model { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The day, or null when <see cref="Date"/> holds none.</summary>
    public DateOnly? Day() =>
        (Date.Length >= 10 && (Date.Length == 10 || Date[10] is 'T' or ' ')
            && IsoDay.TryParse(Date.AsSpan(0, 10), out DateOnly day))
        || DateOnly.TryParse(Date, CultureInfo.InvariantCulture, out day) ? day : null;
}

internal sealed class ManualTokensValidator : AbstractValidator<ManualTokens>
{
    public ManualTokensValidator() => RuleForEach(t => t.Entries).SetValidator(ManualEntryValidator.Instance);
}

internal sealed class ManualEntryValidator : AbstractValidator<ManualEntry>
{
    public static readonly ManualEntryValidator Instance = new();

    private const decimal MaxCost = 1_000_000_000m;

    public ManualEntryValidator()
    {
        RuleFor(e => e.Date).Must((e, _) => e.Day() is not null).WithMessage(e => $"\"{e.Date}\" is no day: expected YYYY-MM-DD.");
        RuleFor(e => e.TokensIn).InclusiveBetween(0, (1L << 53) - 1).WithMessage("{PropertyValue} is not allowed: expected a whole number from 0 on.");
        RuleFor(e => e.TokensOut).InclusiveBetween(0, (1L << 53) - 1).WithMessage("{PropertyValue} is not allowed: expected a whole number from 0 on.");
        RuleFor(e => e.Cost).InclusiveBetween(0, MaxCost).WithMessage("{PropertyValue} is not allowed: expected USD from 0 to 1,000,000,000.");
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ManualTokens))]
[JsonSerializable(typeof(ManualEntry))]
internal sealed partial class ManualJsonContext : JsonSerializerContext;
