using System.ComponentModel;
using ExtendDb.Ef.Storage.Configurations;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExtendDb.Ef.Model;

/// <summary>
/// Converts a list of definitions to the text of its jsonb column, in the format of DynamoDB's API, and back.
/// </summary>
/// <typeparam name="T">The type of a definition.</typeparam>
/// <remarks>The class is public because compiled models of users' contexts name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DefinitionListConverter<T>() : ValueConverter<IReadOnlyList<T>, string>(
    list => DefinitionListJson.Write(list),
    json => DefinitionListJson.Read<T>(json));
