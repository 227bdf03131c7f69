using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>DynamoDB's operations, by its own names; one call, one operation.</summary>
/// <remarks>
/// From <c>AddExtendDb</c> it is safe for many threads and every call has a connection and a transaction of its own.
/// From <c>context.ExtendDb()</c> it belongs to that context and takes part in its transaction.
/// </remarks>
public interface IExtendDb
{
    /// <summary>Creates a table with its indexes.</summary>
    /// <param name="request">The table.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>
    /// The table, CREATING as DynamoDB's, though it can be used at once: there is nothing to fill yet, and DescribeTable
    /// says ACTIVE.
    /// </returns>
    /// <exception cref="ValidationException">The definition breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceInUseException">A table of that name exists.</exception>
    /// <remarks>Always a transaction of its own, also on a context that holds one. Source: DynamoDB API, CreateTable.</remarks>
    Task<CreateTableResponse> CreateTableAsync(
        CreateTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Describes a table and its indexes.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>
    /// The table as it is now: UPDATING while a global index is being filled or removed, and described until it is gone
    /// while it is DELETING.
    /// </returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// Strongly consistent, the sizes too. Cost: two round trips, which read up to 10,001 rows for the table and for each
    /// index. Source: DynamoDB API, DescribeTable.
    /// </remarks>
    Task<DescribeTableResponse> DescribeTableAsync(
        DescribeTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the names of all tables, in byte order.</summary>
    /// <param name="request">Where to begin, and how many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The names.</returns>
    /// <exception cref="ValidationException">The limit is not 1 to 100.</exception>
    /// <remarks>Source: DynamoDB API, ListTables.</remarks>
    Task<ListTablesResponse> ListTablesAsync(ListTablesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a table with all its items and indexes.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>
    /// The table, DELETING, without its key. A worker deletes its rows in chunks; then it is gone, and its name is free.
    /// </returns>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ResourceInUseException">
    /// The table is being deleted already, or one of its global indexes is being filled or removed.
    /// </exception>
    /// <exception cref="ValidationException">The table is protected, or the name cannot be that of a table.</exception>
    /// <remarks>
    /// Always a transaction of its own, also on a context that holds one. Other processes may read and write the table
    /// for CatalogPollInterval more; what they write is deleted too. Source: DynamoDB API, DeleteTable.
    /// </remarks>
    Task<DeleteTableResponse> DeleteTableAsync(
        DeleteTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes the capacity, the protection or the class of a table, or its global indexes.</summary>
    /// <param name="request">The changes.</param>
    /// <param name="cancellationToken">Ends the waiting; the changes are then made or not, never half.</param>
    /// <returns>
    /// The table after the change, UPDATING. It can be used all the time. An index that is created is CREATING, and gets
    /// what is written from now on; a worker fills it and makes it ACTIVE. One that is removed is DELETING until a worker
    /// has done it.
    /// </returns>
    /// <exception cref="ValidationException">A change breaks a rule, or there is none; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table, or no such index.</exception>
    /// <exception cref="ResourceInUseException">The table is being deleted, or an index is in the way of the change.</exception>
    /// <exception cref="LimitExceededException">
    /// More than one index would be created or deleted at once, or the table would have more than 20 global indexes.
    /// </exception>
    /// <remarks>
    /// Always a transaction of its own, also on a context that holds one. Other processes know the change within their
    /// CatalogPollInterval. Source: DynamoDB API, UpdateTable.
    /// </remarks>
    Task<UpdateTableResponse> UpdateTableAsync(
        UpdateTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives tags to a table; one whose key it has takes the place of the present one.</summary>
    /// <param name="request">The table and its tags.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when ListTagsOfResource lists them.</returns>
    /// <exception cref="ValidationException">
    /// The ARN is not that of a table, a tag breaks a rule, or the table would have more than 50 tags.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Always a transaction of its own. Source: DynamoDB API, TagResource.</remarks>
    Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes tags from a table.</summary>
    /// <param name="request">The table and the keys of the tags.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when ListTagsOfResource does not list them any more.</returns>
    /// <exception cref="ValidationException">The ARN is not that of a table, or a key is not that of a tag.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Always a transaction of its own. Source: DynamoDB API, UntagResource.</remarks>
    Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the tags of a table, ten at a time.</summary>
    /// <param name="request">The table, and where to begin.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The tags.</returns>
    /// <exception cref="ValidationException">The ARN is not that of a table, or the token is not one of an answer.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Strongly consistent. Source: DynamoDB API, ListTagsOfResource.</remarks>
    Task<ListTagsOfResourceResponse> ListTagsOfResourceAsync(
        ListTagsOfResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Makes the items of a table expire by an attribute, or not any more.</summary>
    /// <param name="request">The table and the attribute.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What was asked for. It holds at once; a worker finds expired items within the SweepInterval.</returns>
    /// <exception cref="ValidationException">
    /// The request breaks a rule, they expire already, by this attribute or another one, or they do not.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ResourceInUseException">The table is being deleted.</exception>
    /// <remarks>
    /// Always a transaction of its own. It can be changed back at once, without the half-hour that DynamoDB asks for.
    /// Source: DynamoDB API, UpdateTimeToLive.
    /// </remarks>
    Task<UpdateTimeToLiveResponse> UpdateTimeToLiveAsync(
        UpdateTimeToLiveRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says whether, and by which attribute, the items of a table expire.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>ENABLED with the attribute, or DISABLED.</returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Strongly consistent. Source: DynamoDB API, DescribeTimeToLive.</remarks>
    Task<DescribeTimeToLiveResponse> DescribeTimeToLiveAsync(
        DescribeTimeToLiveRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says whether a table is backed up continuously: never, backups are a matter of the database.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>DISABLED, also where DynamoDB says ENABLED: there is nothing that could be restored.</returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
    /// <exception cref="TableNotFoundException">There is no such table.</exception>
    /// <remarks>Source: DynamoDB API, DescribeContinuousBackups.</remarks>
    Task<DescribeContinuousBackupsResponse> DescribeContinuousBackupsAsync(
        DescribeContinuousBackupsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says how much capacity can be provisioned: what DynamoDB says in a new account.</summary>
    /// <param name="request">The request, which has no members.</param>
    /// <param name="cancellationToken">Has no effect: the answer is known.</param>
    /// <returns>Numbers that nothing is held to: capacity is stored and shown only.</returns>
    /// <remarks>Cost: none, the database is not asked. Source: DynamoDB API, DescribeLimits.</remarks>
    Task<DescribeLimitsResponse> DescribeLimitsAsync(
        DescribeLimitsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the definition of a table that <see cref="Item.Create"/> needs.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The definition as this process knows it, at most CatalogPollInterval old.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    Task<TableDefinition> GetTableDefinitionAsync(string tableName, CancellationToken cancellationToken = default);

    /// <summary>Creates an item, or replaces the item that has the same primary key.</summary>
    /// <param name="request">The item, and the condition on the stored one.</param>
    /// <param name="cancellationToken">Ends the waiting; the item is then written or not, never half.</param>
    /// <returns>The replaced item when ALL_OLD was asked for and the key was taken; otherwise no attributes.</returns>
    /// <exception cref="ValidationException">The request or the item breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// One marker for all its global indexes of one delay commits with the item; until a worker has applied it, a query on
    /// those indexes may miss the change. Cost: two round trips and one commit. Source: DynamoDB API, PutItem.
    /// </remarks>
    Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the item with a primary key.</summary>
    /// <param name="request">The key, and which attributes to return.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item, or what the projection leaves of it, which can be nothing; null when there is no item.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the key does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Always strongly consistent. Cost: one round trip. Source: DynamoDB API, GetItem.</remarks>
    Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes an item; an item that is not there is created, unless the update only takes away.</summary>
    /// <param name="request">The key, the changes, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Ends the waiting; the item is then updated or not, never half.</param>
    /// <returns>The attributes that ReturnValues asks for.</returns>
    /// <exception cref="ValidationException">The request, the key or the new item breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// All values are worked out from the item as it was. Cost: two round trips and one commit. Source: DynamoDB API,
    /// UpdateItem.
    /// </remarks>
    Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes the item with a primary key; that there is none is no error.</summary>
    /// <param name="request">The key, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Ends the waiting; the item is then deleted or not.</param>
    /// <returns>The deleted item when ALL_OLD was asked for and there was one; otherwise no attributes.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the key does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// The markers that take its entries out of the global indexes commit with the deletion. Cost: two round trips and
    /// one commit. Source: DynamoDB API, DeleteItem.
    /// </remarks>
    Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the items with some primary keys, of one or more tables.</summary>
    /// <param name="request">The keys.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The items that are there, until they have 16 MB; the keys behind that are given back.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or a key does not fit its table.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <remarks>
    /// All items are of one snapshot, and strongly consistent. Cost: one round trip. Source: DynamoDB API, BatchGetItem.
    /// </remarks>
    Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts and deletes items of one or more tables; without conditions.</summary>
    /// <param name="request">The writes.</param>
    /// <param name="cancellationToken">Ends the waiting; then all is written or nothing.</param>
    /// <returns>
    /// What was not written: all of the batch when others held the items, and what is for tables whose global indexes lag too
    /// far behind.
    /// </returns>
    /// <exception cref="ValidationException">The request or an item breaks a rule; nothing is written.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">That is so for all of its tables.</exception>
    /// <exception cref="TransactionConflictException">Others held the items for too long, in a transaction of the caller's.</exception>
    /// <remarks>
    /// Unlike DynamoDB's, the writes commit together. Cost: one round trip to lock the items, one to write them, one
    /// commit. Source: DynamoDB API, BatchWriteItem.
    /// </remarks>
    Task<BatchWriteItemResponse> BatchWriteItemAsync(
        BatchWriteItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the items with some primary keys, of one or more tables, as they are at one instant.</summary>
    /// <param name="request">The keys.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The items in the order of the keys; an empty response for one that is not there.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the items have more than 4 MB.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <exception cref="TransactionCanceledException">A key does not fit its table.</exception>
    /// <remarks>
    /// One statement, so one snapshot: no write ever cancels it. Cost: one round trip. Source: DynamoDB API,
    /// TransactGetItems.
    /// </remarks>
    Task<TransactGetItemsResponse> TransactGetItemsAsync(
        TransactGetItemsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts, updates, deletes and checks items of one or more tables, all together or not at all.</summary>
    /// <param name="request">The actions.</param>
    /// <param name="cancellationToken">Ends the waiting; then all is done or nothing.</param>
    /// <returns>The capacity numbers that were asked for.</returns>
    /// <exception cref="ValidationException">The request breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <exception cref="TransactionCanceledException">An action cannot be done; the reasons say which, and why.</exception>
    /// <exception cref="IdempotentParameterMismatchException">The token was used for another request.</exception>
    /// <exception cref="TransactionInProgressException">A request with the token is still running.</exception>
    /// <remarks>
    /// Items are locked in the order of their keys, so that two transactions never wait for each other. Cost: one round
    /// trip to lock the items, one to write them, one commit, one for the token, and one when an item that is not there
    /// is checked or deleted; in a transaction of the caller's also a savepoint, so that a failure leaves it as it was.
    /// Source: DynamoDB API, TransactWriteItems.
    /// </remarks>
    Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the items of one partition of a table or index, in the order of their sort keys.</summary>
    /// <param name="request">The conditions, and which parts of the items to return.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A page of at most 1 MB before the filter; the attributes that the index projects when one is read.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the index is not there or not ACTIVE.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// The table and its local indexes are strongly consistent; a global index may lag behind its items. Cost: one round
    /// trip for up to 100 items, few more for a page. Source: DynamoDB API, Query.
    /// </remarks>
    Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads all items of a table or entries of an index, or of a segment of it, page by page.</summary>
    /// <param name="request">The table, where the page begins, and which parts of the items to return.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A page of at most 1 MB before the filter.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the index is not there or not ACTIVE.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// Each page is strongly consistent with the items, or with the entries of a global index, which may lag behind; two
    /// pages are not one snapshot. Source: DynamoDB API, Scan.
    /// </remarks>
    Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default);
}
