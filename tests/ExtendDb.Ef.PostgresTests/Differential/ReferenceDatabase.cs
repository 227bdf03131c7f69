using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Another implementation of DynamoDB, asked over its wire as any client does.</summary>
internal sealed class ReferenceDatabase(Uri endpoint)
{
    private static readonly HttpClient Client = new();

    public async Task<Answer> AskAsync(string operation, JsonObject request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint);
        message.Headers.Add("X-Amz-Target", "DynamoDB_20120810." + operation);
        // Only its form is looked at.
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=differential/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToJsonString()));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var answer = await Client.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        return Answer.OfWire(
            answer.IsSuccessStatusCode, (JsonObject)JsonNode.Parse(text, documentOptions: new() { MaxDepth = 1000 })!);
    }
}
