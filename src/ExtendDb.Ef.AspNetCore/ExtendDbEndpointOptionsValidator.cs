using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Checks the options of the endpoint: its numbers by their annotations, and that origins are those of web pages.</summary>
internal sealed class ExtendDbEndpointOptionsValidator : IValidateOptions<ExtendDbEndpointOptions>
{
    private static readonly ExtendDbEndpointOptionsRanges Ranges = new();

    public ValidateOptionsResult Validate(string? name, ExtendDbEndpointOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(Ranges.Validate(name, options));
        foreach (var origin in options.AllowedOrigins ?? [])
        {
            if (!IsOrigin(origin))
            {
                result.AddError(
                    $"'{origin}' is not the origin of a web page, such as https://console.example.org:8443. There is no "
                    + "wildcard: any web page could then read and change the tables.",
                    nameof(options.AllowedOrigins));
            }
        }

        return result.Build();
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
        && !text.Contains('*', StringComparison.Ordinal)
        && origin.PathAndQuery == "/"
        && origin.UserInfo.Length == 0
        && origin.Fragment.Length == 0;
}
