using System.ComponentModel;
using ExtendDb.Ef.Storage.Configurations;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExtendDb.Ef.Model;

/// <summary>Converts a list of definitions to the text of its jsonb column, as DynamoDB's API writes it, and back.</summary>
/// <typeparam name="T">The type of a definition.</typeparam>
/// <remarks>It is public for the compiled models of users' contexts, which name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DefinitionListConverter<T>() : ValueConverter<IReadOnlyList<T>, string>(
    list => DefinitionListJson.Write(list),
    json => DefinitionListJson.Read<T>(json));
