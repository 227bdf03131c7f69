using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.TimeToLive;

/// <summary>Handles UpdateTimeToLive.</summary>
internal static class UpdateTimeToLive
{
    private const int MaxNameLength = 255;

    internal static async Task<UpdateTimeToLiveResponse> HandleAsync(
        OperationContext context, UpdateTimeToLiveRequest request, CancellationToken cancellationToken)
    {
        var specification = request.TimeToLiveSpecification;
        var name = specification?.AttributeName;
        var validator = new RequestValidator()
            .TableName(request.TableName)
            .Required(specification, "timeToLiveSpecification");
        if (specification is not null)
        {
            validator.Required(name, "timeToLiveSpecification.attributeName")
                .Length(name?.Length, () => name!, 1, MaxNameLength, "timeToLiveSpecification.attributeName")
                .Required(specification.Enabled, "timeToLiveSpecification.enabled");
        }

        validator.ThrowIfBroken();
        AttributeRules.ByteCount(name!, "an attribute name");
        await CatalogTransaction.ChangeAsync(
            context,
            request.TableName,
            () => CatalogTransaction.TableNotFound(request.TableName),
            table => Apply(table, NulEscaping.Stored.Encode(name!), specification!.Enabled!.Value),
            cancellationToken);
        return new() { TimeToLiveSpecification = specification! };
    }

    private static void Apply(Table table, string attribute, bool enabled)
    {
        if (table.TtlAttribute is { } current && current != attribute)
        {
            throw new ValidationException(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                + NulEscaping.Stored.Decode(current));
        }

        if (enabled == table.TtlAttribute is not null)
        {
            throw new ValidationException($"TimeToLive is already {(enabled ? "enabled" : "disabled")}");
        }

        table.TtlAttribute = enabled ? attribute : null;
        table.TtlSweptAt = null;
    }
}
