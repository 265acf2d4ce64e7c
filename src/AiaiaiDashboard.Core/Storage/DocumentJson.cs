using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// The JSON conventions of every document: camelCase, UTF-8, two-space indent, <c>\n</c>, a final newline, text readable as it is.
/// A document's types are listed in a source-generated context, and its metadata is taken through <see cref="TypeInfo{T}"/>:
/// <code>
/// [JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
/// [JsonSerializable(typeof(QualityList))]
/// internal sealed partial class QualityJsonContext : JsonSerializerContext;
///
/// public static readonly DocumentType&lt;QualityList&gt; Quality =
///     new(DataFiles.Quality, DocumentJson.TypeInfo&lt;QualityList&gt;(QualityJsonContext.Default), DocumentKind.Derived);
/// </code>
/// Never use <c>QualityJsonContext.Default.QualityList</c> itself: source-generated metadata treats <c>init</c> properties as constructor
/// parameters, so the initial value of a property that is missing in the file would be lost, and an <c>init</c> extension property is refused.
/// </summary>
public static class DocumentJson
{
    /// <summary>Levels of nesting that are read; deeper input is refused.</summary>
    public const int MaxDepth = 64;

    /// <summary>How documents are laid out.</summary>
    internal static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = PlainTextEncoder.Instance,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonWriterOptions SingleLine = Indented with { Indented = false };

    /// <summary>Metadata of <typeparamref name="T"/> from a source-generated context, with the conventions above applied.</summary>
    /// <param name="context">The context's <c>Default</c>.</param>
    public static JsonTypeInfo<T> TypeInfo<T>(IJsonTypeInfoResolver context)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            MaxDepth = MaxDepth,
            Encoder = PlainTextEncoder.Instance,
            TypeInfoResolver = context.WithAddedModifier(KeepInitialValues),
            Converters = { new InstantConverter() },
        };
        options.MakeReadOnly();
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    /// <summary>The bytes of a document as they stand in its file.</summary>
    /// <exception cref="ArgumentException">The value holds a number that JSON has no word for, such as NaN.</exception>
    public static byte[] Serialize<T>(T value, JsonTypeInfo<T> json) => Write(value, json, Indented);

    /// <summary>The bytes of a document as they stand in its file.</summary>
    /// <exception cref="ArgumentException">The value holds a number that JSON has no word for, such as NaN.</exception>
    public static byte[] Serialize<T>(T value, DocumentType<T> type)
        where T : class
    {
        if (type.WriteByHand is not { } write)
        {
            return Serialize(value, type.Json);
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            write(writer, value);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One record as one line of a log, its newline included. A newline inside a text is escaped, so it stays one line.</summary>
    /// <exception cref="ArgumentException">The value holds a number that JSON has no word for, such as NaN.</exception>
    public static byte[] SerializeLine<T>(T value, JsonTypeInfo<T> json) => Write(value, json, SingleLine);

    private static byte[] Write<T>(T value, JsonTypeInfo<T> json, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            JsonSerializer.Serialize(writer, value, json);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    // Types with a parameterless constructor are created by it and then filled, so that what the file does not mention keeps its initial value.
    private static void KeepInitialValues(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructor(Type.EmptyTypes) is not { } constructor)
        {
            return;
        }

        ConstructorInvoker create = ConstructorInvoker.Create(constructor);
        type.CreateObject = () => create.Invoke();
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.AttributeProvider is PropertyInfo { SetMethod: { } setter })
            {
                MethodInvoker set = MethodInvoker.Create(setter);
                property.Set = (target, value) => set.Invoke(target, value);
            }
        }
    }
}
