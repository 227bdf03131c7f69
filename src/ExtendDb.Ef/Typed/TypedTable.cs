using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Typed;

namespace ExtendDb.Ef;

/// <summary>A table whose items are objects of a class.</summary>
/// <typeparam name="T">The class of the items.</typeparam>
/// <remarks>
/// Each method is one of the operations of <see cref="IExtendDb"/>, with its limits, its errors, its consistency and its cost.
/// An instance keeps nothing: create one wherever it is needed. Of a class with an <see cref="ItemVersionAttribute"/> a put
/// and a deletion of an object demand that the stored item has the object's version, and a put and an update store the next
/// version.
/// </remarks>
public sealed class TypedTable<T>
    where T : class
{
    private readonly IExtendDb _extendDb;
    private readonly TypedRequests<T> _requests;

    internal TypedTable(IExtendDb extendDb, TypedRequests<T> requests) => (_extendDb, _requests) = (extendDb, requests);

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public string TableName => _requests.TableName;

    /// <summary>Returns the same table with the items as objects of another class, which may have fewer members.</summary>
    /// <typeparam name="TPart">The other class. Its members are read and no others.</typeparam>
    /// <returns>The table.</returns>
    [RequiresUnreferencedCode(ReflectedMapping.Reason)]
    [RequiresDynamicCode(ReflectedMapping.Reason)]
    public TypedTable<TPart> As<TPart>()
        where TPart : class =>
        As(ReflectedMapping.Of<TPart>());

    /// <summary>Returns the same table with the items as objects of another class, which may have fewer members.</summary>
    /// <typeparam name="TPart">The other class. Its members are read and no others.</typeparam>
    /// <param name="mapping">The mapping of the other class; its keys and its table name do not count.</param>
    /// <returns>The table.</returns>
    public TypedTable<TPart> As<TPart>(ItemMapping<TPart> mapping)
        where TPart : class
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return new(_extendDb, _requests.As(mapping));
    }

    /// <summary>Returns the path of a member for an expression, such as <c>$"{songs.Path(song => song.Status)} = {status}"</c>.</summary>
    /// <param name="member">The member, or a member of a member.</param>
    /// <returns>The path of the attribute.</returns>
    /// <exception cref="ArgumentException">The lambda is more than members, or one of them is not stored.</exception>
    public AttributePath Path<TMember>(Expression<Func<T, TMember>> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new([.. MemberPath.Of(member, _requests.Mapping.Contract.Shapes).Select(property => property.Name)]);
    }

    /// <summary>Returns the attributes of a key.</summary>
    /// <param name="key">The values of the key.</param>
    /// <returns>The attributes of the primary key.</returns>
    /// <exception cref="InvalidOperationException">The class names no key, or the key has another number of values.</exception>
    public AttributeMap Key(PrimaryKey key) => _requests.Key(key);

    /// <summary>Returns the item of an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Its attributes.</returns>
    /// <exception cref="ValidationException">A number is out of DynamoDB's range.</exception>
    public AttributeMap ToItem(T item) => _requests.Mapping.ToItem(item);

    /// <summary>Returns the object of an item, such as one of a transaction's responses.</summary>
    /// <param name="item">The attributes.</param>
    /// <returns>A new object.</returns>
    /// <exception cref="System.Text.Json.JsonException">An attribute does not fit its member, or a required member has none.</exception>
    public T FromItem(AttributeMap item) => _requests.Mapping.FromItem(item);

    /// <summary>Returns a request that creates the table with its primary key; add indexes with their attributes to it.</summary>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">The class names no key.</exception>
    public CreateTableRequest ToCreateTableRequest() => _requests.CreateTable();

    /// <summary>Reads an item.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The item; null when there is none.</returns>
    /// <exception cref="System.Text.Json.JsonException">An attribute does not fit its member, or a required member has none.</exception>
    public async Task<T?> GetAsync(PrimaryKey key, CancellationToken cancellationToken = default)
    {
        var response = await _extendDb.GetItemAsync(_requests.Get(key), cancellationToken);
        return response.Item is { } item ? FromItem(item) : null;
    }

    /// <summary>Creates an item, or replaces the item that has the same key.</summary>
    /// <param name="item">The object, which stays as it is.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <param name="cancellationToken">Cancels the write before its commit.</param>
    /// <returns>The object; of a class with versions a new one, with the version that is stored now.</returns>
    /// <exception cref="ConditionalCheckFailedException">
    /// The condition is false for the stored item, or its version is not that of the object.
    /// </exception>
    public async Task<T> PutAsync(T item, ItemExpression? condition = null, CancellationToken cancellationToken = default)
    {
        var put = _requests.Put(item, condition);
        await _extendDb.PutItemAsync(
            new(put.TableName, put.Item)
            {
                ConditionExpression = put.ConditionExpression,
                ExpressionAttributeNames = put.ExpressionAttributeNames,
                ExpressionAttributeValues = put.ExpressionAttributeValues,
            },
            cancellationToken);
        return _requests.HasVersions ? FromItem(put.Item) : item;
    }

    /// <summary>Updates an item by an expression, or creates it when no item has the key.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="update">The update in the clauses SET, REMOVE, ADD and DELETE.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <param name="cancellationToken">Cancels the write before its commit.</param>
    /// <returns>The item as it is after the update. Of a class with versions it has the next one.</returns>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="System.Text.Json.JsonException">The updated item does not fit the class; the update is done.</exception>
    public async Task<T> UpdateAsync(
        PrimaryKey key, ItemExpression update, ItemExpression? condition = null, CancellationToken cancellationToken = default)
    {
        var request = _requests.Update(key, update, condition);
        var response = await _extendDb.UpdateItemAsync(
            new(request.TableName, request.Key)
            {
                UpdateExpression = request.UpdateExpression,
                ConditionExpression = request.ConditionExpression,
                ExpressionAttributeNames = request.ExpressionAttributeNames,
                ExpressionAttributeValues = request.ExpressionAttributeValues,
                ReturnValues = ReturnValue.ALL_NEW,
            },
            cancellationToken);
        return FromItem(response.Attributes!);
    }

    /// <summary>Deletes the item that has a key, whatever its version is; without one it does nothing.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <param name="cancellationToken">Cancels the write before its commit.</param>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    public Task DeleteAsync(PrimaryKey key, ItemExpression? condition = null, CancellationToken cancellationToken = default) =>
        DeleteItemAsync(_requests.Delete(key, condition), cancellationToken);

    /// <summary>Deletes the item that has the key of an object; without one it does nothing.</summary>
    /// <param name="item">The object.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <param name="cancellationToken">Cancels the write before its commit.</param>
    /// <exception cref="ConditionalCheckFailedException">
    /// The condition is false for the stored item, or its version is not that of the object.
    /// </exception>
    public Task DeleteAsync(T item, ItemExpression? condition = null, CancellationToken cancellationToken = default) =>
        DeleteItemAsync(_requests.Delete(item, condition), cancellationToken);

    /// <summary>Reads the items of all pages of a Query, in the order of the sort key.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items, a page at a time.</returns>
    public IAsyncEnumerable<T> QueryAsync(ItemQuery query, CancellationToken cancellationToken = default) =>
        _extendDb.QueryItemsAsync(_requests.Query(query), cancellationToken).Select(FromItem);

    /// <summary>Reads one page of a Query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The page, with the start key of the next one.</returns>
    public async Task<ItemPage<T>> QueryPageAsync(ItemQuery query, CancellationToken cancellationToken = default)
    {
        var page = await _extendDb.QueryAsync(_requests.Query(query), cancellationToken);
        return new([.. page.Items.Select(FromItem)], page.ScannedCount, page.LastEvaluatedKey);
    }

    /// <summary>Reads the items of all pages of a Scan.</summary>
    /// <param name="scan">The scan; null for all items of the table.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items, a page at a time.</returns>
    public IAsyncEnumerable<T> ScanAsync(ItemScan? scan = null, CancellationToken cancellationToken = default) =>
        _extendDb.ScanItemsAsync(_requests.Scan(scan ?? new()), cancellationToken).Select(FromItem);

    /// <summary>Reads all items of a Scan in several segments at a time.</summary>
    /// <param name="scan">The scan, without a start key.</param>
    /// <param name="segments">The number of segments, each of which holds a connection while it reads a page.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items in no promised order.</returns>
    public IAsyncEnumerable<T> ScanAsync(ItemScan scan, int segments, CancellationToken cancellationToken = default) =>
        _extendDb.ScanItemsAsync(_requests.Scan(scan), segments, cancellationToken).Select(FromItem);

    /// <summary>Reads one page of a Scan.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The page, with the start key of the next one.</returns>
    public async Task<ItemPage<T>> ScanPageAsync(ItemScan scan, CancellationToken cancellationToken = default)
    {
        var page = await _extendDb.ScanAsync(_requests.Scan(scan), cancellationToken);
        return new([.. page.Items.Select(FromItem)], page.ScannedCount, page.LastEvaluatedKey);
    }

    /// <summary>Reads any number of items by their keys, 100 with each BatchGetItem.</summary>
    /// <param name="keys">The keys; of one that is named twice the item may come twice.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items that exist, in no promised order.</returns>
    public IAsyncEnumerable<T> GetManyAsync(IEnumerable<PrimaryKey> keys, CancellationToken cancellationToken = default) =>
        TypedBatches.GetAsync(_extendDb, TableName, keys.Select(Key), _requests.Projection(), cancellationToken).Select(FromItem);

    /// <summary>Puts any number of items, 25 with each BatchWriteItem.</summary>
    /// <param name="items">
    /// The objects. Of several with one key the last is stored. Of a class with versions each is stored with the version
    /// behind its own, and the stored version is not looked at.
    /// </param>
    /// <param name="cancellationToken">Cancels the writes that are not committed yet.</param>
    /// <remarks>When it fails, some of the items may have been put.</remarks>
    public Task PutManyAsync(IEnumerable<T> items, CancellationToken cancellationToken = default) => TypedBatches.WriteAsync(
        _extendDb, TableName, items.Select(_requests.NextVersion).Select(item => (_requests.KeyOf(item), WriteRequest.Put(item))), cancellationToken);

    /// <summary>Deletes any number of items by their keys, 25 with each BatchWriteItem.</summary>
    /// <param name="keys">The keys; those without items do nothing.</param>
    /// <param name="cancellationToken">Cancels the writes that are not committed yet.</param>
    /// <remarks>When it fails, some of the items may have been deleted.</remarks>
    public Task DeleteManyAsync(IEnumerable<PrimaryKey> keys, CancellationToken cancellationToken = default) => TypedBatches.WriteAsync(
        _extendDb, TableName, keys.Select(Key).Select(key => (key, WriteRequest.Delete(key))), cancellationToken);

    /// <summary>Returns the put of an item as a part of a TransactWriteItems.</summary>
    /// <param name="item">The object. Of a class with versions the stored version is the one behind its own.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <returns>The part.</returns>
    public TransactWriteItem PutPart(T item, ItemExpression? condition = null) => new() { Put = _requests.Put(item, condition) };

    /// <summary>Returns the update of an item as a part of a TransactWriteItems.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="update">The update in the clauses SET, REMOVE, ADD and DELETE.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <returns>The part.</returns>
    public TransactWriteItem UpdatePart(PrimaryKey key, ItemExpression update, ItemExpression? condition = null) =>
        new() { Update = _requests.Update(key, update, condition) };

    /// <summary>Returns the deletion of an item as a part of a TransactWriteItems.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <returns>The part.</returns>
    public TransactWriteItem DeletePart(PrimaryKey key, ItemExpression? condition = null) =>
        new() { Delete = _requests.Delete(key, condition) };

    /// <summary>Returns the condition on an item as a part of a TransactWriteItems.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="condition">The condition that the stored item must fulfil.</param>
    /// <returns>The part.</returns>
    public TransactWriteItem CheckPart(PrimaryKey key, ItemExpression condition) =>
        new() { ConditionCheck = _requests.Check(key, condition) };

    /// <summary>Returns the read of an item as a part of a TransactGetItems; <see cref="FromItem"/> reads its response.</summary>
    /// <param name="key">The key of the item.</param>
    /// <returns>The part.</returns>
    public TransactGetItem GetPart(PrimaryKey key)
    {
        var get = _requests.Get(key);
        return new(new(get.TableName, get.Key)
        {
            ProjectionExpression = get.ProjectionExpression,
            ExpressionAttributeNames = get.ExpressionAttributeNames,
        });
    }

    private Task<DeleteItemResponse> DeleteItemAsync(Delete delete, CancellationToken cancellationToken) => _extendDb.DeleteItemAsync(
        new(delete.TableName, delete.Key)
        {
            ConditionExpression = delete.ConditionExpression,
            ExpressionAttributeNames = delete.ExpressionAttributeNames,
            ExpressionAttributeValues = delete.ExpressionAttributeValues,
        },
        cancellationToken);
}
