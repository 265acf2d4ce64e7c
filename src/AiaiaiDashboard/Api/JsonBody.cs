using Microsoft.OpenApi;

namespace AiaiaiDashboard.Api;

/// <summary>Describes bodies that a route reads itself.</summary>
internal static class JsonBody
{
    /// <summary>
    /// Says in the OpenAPI document that the route takes this body. Not by Accepts: that would take part in routing, and another media type
    /// would be told that there is no such route.
    /// </summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer(async (operation, context, ct) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(T), null, ct) },
            },
        });
}
