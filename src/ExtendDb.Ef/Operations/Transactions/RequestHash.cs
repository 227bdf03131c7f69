using System.Security.Cryptography;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>
/// Computes a hash that tells requests with the same ClientRequestToken apart; the order of attributes does not change
/// the hash.
/// </summary>
internal static class RequestHash
{
    public static byte[] Of(IReadOnlyList<TransactWriteItem> actions)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            foreach (var action in actions)
            {
                Write(writer, action);
            }
        }

        return SHA256.HashData(stream.ToArray());
    }

    /// <summary>Computes the hash of PartiQL statements with their parameters.</summary>
    public static byte[] Of(IEnumerable<(string Statement, IReadOnlyList<AttributeValue>? Parameters)> statements)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            foreach (var (statement, parameters) in statements)
            {
                writer.Write(nameof(statement));
                writer.Write(statement);
                writer.Write(parameters?.Count ?? 0);
                foreach (var parameter in parameters ?? [])
                {
                    Write(writer, parameter);
                }
            }
        }

        return SHA256.HashData(stream.ToArray());
    }

    private static void Write(BinaryWriter writer, TransactWriteItem action)
    {
        if (action.Put is { } put)
        {
            Write(writer, nameof(put), put.TableName, put.Item, put.ConditionExpression);
            Write(writer, put.ExpressionAttributeNames, put.ExpressionAttributeValues);
        }
        else if (action.Delete is { } delete)
        {
            Write(writer, nameof(delete), delete.TableName, delete.Key, delete.ConditionExpression);
            Write(writer, delete.ExpressionAttributeNames, delete.ExpressionAttributeValues);
        }
        else if (action.Update is { } update)
        {
            Write(writer, nameof(update), update.TableName, update.Key, update.ConditionExpression);
            writer.Write(update.UpdateExpression);
            Write(writer, update.ExpressionAttributeNames, update.ExpressionAttributeValues);
        }
        else if (action.ConditionCheck is { } check)
        {
            Write(writer, nameof(check), check.TableName, check.Key, check.ConditionExpression);
            Write(writer, check.ExpressionAttributeNames, check.ExpressionAttributeValues);
        }
    }

    private static void Write(
        BinaryWriter writer, string kind, string table, AttributeMap attributes, string? condition)
    {
        writer.Write(kind);
        writer.Write(TableArn.NameOf(table));
        WriteMap(writer, attributes);
        writer.Write(condition ?? string.Empty);
    }

    private static void Write(
        BinaryWriter writer,
        IReadOnlyDictionary<string, string>? names,
        IReadOnlyDictionary<string, AttributeValue>? values)
    {
        writer.Write(names?.Count ?? 0);
        foreach (var (placeholder, name) in (names ?? new Dictionary<string, string>()).OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            writer.Write(placeholder);
            writer.Write(name);
        }

        WriteMap(writer, values ?? AttributeMap.Empty);
    }

    private static void WriteMap(BinaryWriter writer, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        writer.Write(attributes.Count);
        foreach (var (name, value) in attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            Write(writer, value);
        }
    }

    private static void Write(BinaryWriter writer, AttributeValue value)
    {
        writer.Write((byte)value.Type);
        switch (value)
        {
            case AttributeValue.S s:
                writer.Write(s.Value);
                break;
            case AttributeValue.N n:
                writer.Write(n.Value.ToString());
                break;
            case AttributeValue.B b:
                writer.Write(Convert.ToBase64String(b.Value.Span));
                break;
            case AttributeValue.BOOL b:
                writer.Write(b.Value);
                break;
            case AttributeValue.M map:
                WriteMap(writer, map.Value);
                break;
            case AttributeValue.L list:
                writer.Write(list.Value.Count);
                foreach (var member in list.Value)
                {
                    Write(writer, member);
                }

                break;
            case AttributeValue.SS set:
                WriteSorted(writer, set.Value);
                break;
            case AttributeValue.NS set:
                WriteSorted(writer, set.Value.Select(member => member.ToString()));
                break;
            case AttributeValue.BS set:
                WriteSorted(writer, set.Value.Select(member => Convert.ToBase64String(member.Span)));
                break;
        }
    }

    private static void WriteSorted(BinaryWriter writer, IEnumerable<string> members)
    {
        var sorted = members.Order(StringComparer.Ordinal).ToList();
        writer.Write(sorted.Count);
        sorted.ForEach(writer.Write);
    }
}
