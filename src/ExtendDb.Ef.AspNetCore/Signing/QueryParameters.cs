using System.Buffers;
using System.Text;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>
/// The parameters of a query in the form that is signed. Source: Signature Version 4, CanonicalQueryString.
/// </summary>
internal sealed class QueryParameters
{
    private static readonly QueryParameters None = new([]);

    // The names and values are encoded, in the order of the request.
    private readonly List<(string Name, string Value)> _parameters;

    private QueryParameters(List<(string Name, string Value)> parameters) => _parameters = parameters;

    /// <summary>Parses a query; every text is valid, so that nothing can be sent that is not signed.</summary>
    /// <param name="query">The query as sent, without its question mark.</param>
    public static QueryParameters Parse(string query)
    {
        if (query.Length == 0)
        {
            return None;
        }

        var parameters = new List<(string, string)>();
        foreach (var range in query.AsSpan().Split('&'))
        {
            var parameter = query.AsSpan()[range];
            if (!parameter.IsEmpty)
            {
                var equals = parameter.IndexOf('=');
                parameters.Add(equals < 0
                    ? (PercentEncoding.Recode(parameter), string.Empty)
                    : (PercentEncoding.Recode(parameter[..equals]), PercentEncoding.Recode(parameter[(equals + 1)..])));
            }
        }

        return new(parameters);
    }

    /// <summary>Returns whether the query has a parameter of a name.</summary>
    /// <param name="name">A name that percent-encoding does not change.</param>
    public bool Contains(string name) => _parameters.Exists(parameter => parameter.Name == name);

    /// <summary>Returns the first value of a parameter, decoded; null when there is no such parameter.</summary>
    /// <param name="name">A name that percent-encoding does not change.</param>
    public string? ValueOf(string name)
    {
        var index = _parameters.FindIndex(parameter => parameter.Name == name);
        return index < 0 ? null : Uri.UnescapeDataString(_parameters[index].Value);
    }

    /// <summary>Writes all parameters except the signature, sorted by name and then by value.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (_parameters.Count == 0)
        {
            return;
        }

        var signed = _parameters.FindAll(parameter => parameter.Name != PresignedQuery.Signature);

        // Names are compared before values: some characters of names sort before the equals sign of "name=value".
        signed.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name) is not 0 and var order
            ? order
            : string.CompareOrdinal(left.Value, right.Value));
        for (var i = 0; i < signed.Count; i++)
        {
            Encoding.UTF8.GetBytes(i == 0 ? string.Empty : "&", output);
            Encoding.UTF8.GetBytes(signed[i].Name, output);
            Encoding.UTF8.GetBytes("=", output);
            Encoding.UTF8.GetBytes(signed[i].Value, output);
        }
    }
}
