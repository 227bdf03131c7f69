using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>The operations of DynamoDB, under DynamoDB's names; each call is one operation.</summary>
/// <remarks>
/// <para>The instance that <c>AddExtendDb</c> registers is safe for many threads, and each call has a connection and a
/// transaction of its own. The instance that <c>context.ExtendDb()</c> returns belongs to that context and takes part
/// in the context's transaction.</para>
/// <para>Errors that DynamoDB has no name for, such as a lost connection, reach the caller as the exceptions of Npgsql
/// and EF Core. The first call for a database checks the schema, and throws <see cref="SchemaVersionException"/> when
/// the schema is older or newer than this library's.</para>
/// </remarks>
public interface IExtendDb
{
    /// <summary>Creates a table with its indexes.</summary>
    /// <param name="request">The definition of the table.</param>
    /// <returns>
    /// The description of the table. The status is CREATING, like DynamoDB's, but the table can be used at once,
    /// because there is nothing to fill; DescribeTable returns ACTIVE.
    /// </returns>
    /// <exception cref="ValidationException">The definition breaks a rule; the message names the rule.</exception>
    /// <exception cref="ResourceInUseException">A table of that name exists.</exception>
    /// <remarks>
    /// The operation has a transaction of its own, even on a context that holds one. Source: DynamoDB API, CreateTable.
    /// </remarks>
    Task<CreateTableResponse> CreateTableAsync(
        CreateTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the description of a table and its indexes, with their sizes.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <returns>
    /// The current description. The status is UPDATING while a global index is being filled.
    /// </returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The description is strongly consistent, and so are the sizes up to 10,000 items or entries; larger sizes are
    /// estimates. Cost: two round trips, which read up to 10,001 rows for the table and for each index, and one more
    /// for each of them that is larger. Source: DynamoDB API, DescribeTable.
    /// </remarks>
    Task<DescribeTableResponse> DescribeTableAsync(
        DescribeTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the names of all tables in the order of their bytes, page by page.</summary>
    /// <param name="request">The name after which the page starts, and the largest number of names.</param>
    /// <returns>A page of names; an empty list when there are none.</returns>
    /// <exception cref="ValidationException">The limit is not 1 to 100.</exception>
    /// <remarks>
    /// The list is strongly consistent. Cost: one round trip, and one more when a definition has changed since this
    /// process last read the definitions. Source: DynamoDB API, ListTables.
    /// </remarks>
    Task<ListTablesResponse> ListTablesAsync(ListTablesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a table with all its items and indexes.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <returns>
    /// The description of the table with the status DELETING, without its key. The table is gone and its name free; a
    /// worker deletes the rows in chunks.
    /// </returns>
    /// <exception cref="ValidationException">
    /// The table is protected against deletion, or the name is not a valid table name.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="ResourceInUseException">One of the table's global indexes is being filled.</exception>
    /// <remarks>
    /// The operation has a transaction of its own, even on a context that holds one. For one CatalogPollInterval more,
    /// other processes can read the table; nobody can write to it. The rows stay until the transactions that run at the
    /// time have ended. Source: DynamoDB API, DeleteTable.
    /// </remarks>
    Task<DeleteTableResponse> DeleteTableAsync(
        DeleteTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes the capacity, the protection, the class or the global indexes of a table.</summary>
    /// <param name="request">The changes.</param>
    /// <param name="cancellationToken">Cancels the call; all changes are then made, or none.</param>
    /// <returns>
    /// The description of the table after the change, with the status UPDATING; the table can be used all the time. A
    /// new index is CREATING and receives all later writes; a worker fills it with the older items and makes it ACTIVE.
    /// A deleted index is described as DELETING, and gone; a worker deletes its entries.
    /// </returns>
    /// <exception cref="ValidationException">
    /// A change breaks a rule, or the request has no change; the message names the rule.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table or an index does not exist.</exception>
    /// <exception cref="ResourceInUseException">An index is CREATING and excludes the change.</exception>
    /// <exception cref="LimitExceededException">
    /// More than one index would be created or deleted at a time, or the table would have more than 20 global indexes.
    /// </exception>
    /// <remarks>
    /// The operation has a transaction of its own, even on a context that holds one. Other processes know the change
    /// within their CatalogPollInterval. Source: DynamoDB API, UpdateTable.
    /// </remarks>
    Task<UpdateTableResponse> UpdateTableAsync(
        UpdateTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds tags to a table; a tag replaces the tag of the table that has the same key.</summary>
    /// <param name="request">The ARN of the table, and the tags.</param>
    /// <returns>An empty response; from then on ListTagsOfResource returns the tags.</returns>
    /// <exception cref="ValidationException">
    /// The ARN is not the ARN of a table, a tag breaks a rule, or the table would have more than 50 tags.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The operation has a transaction of its own, even on a context that holds one. Source: DynamoDB API, TagResource.
    /// </remarks>
    Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes tags from a table; a key that the table does not have is no error.</summary>
    /// <param name="request">The ARN of the table, and the keys of the tags.</param>
    /// <returns>An empty response; from then on ListTagsOfResource does not return the tags.</returns>
    /// <exception cref="ValidationException">The ARN is not the ARN of a table, or a key breaks a rule.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The operation has a transaction of its own, even on a context that holds one. Source: DynamoDB API,
    /// UntagResource.
    /// </remarks>
    Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the tags of a table in the order of their keys, ten to a page.</summary>
    /// <param name="request">The ARN of the table, and the NextToken of the previous page.</param>
    /// <returns>A page of tags; an empty list when the table has none.</returns>
    /// <exception cref="ValidationException">
    /// The ARN is not the ARN of a table, or the NextToken does not come from a response.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The page is strongly consistent. Cost: one round trip. Source: DynamoDB API, ListTagsOfResource.
    /// </remarks>
    Task<ListTagsOfResourceResponse> ListTagsOfResourceAsync(
        ListTagsOfResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Enables or disables the expiry of a table's items by an attribute.</summary>
    /// <param name="request">The name of the table, and the attribute with the time of expiry.</param>
    /// <returns>
    /// The specification of the request, which applies at once. A worker scans the table for expired items once in each
    /// SweepInterval.
    /// </returns>
    /// <exception cref="ValidationException">
    /// The request breaks a rule, another attribute is enabled, or the attribute is already enabled or disabled.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The operation has a transaction of its own, even on a context that holds one. A second change can follow at
    /// once; DynamoDB refuses one for up to an hour. Source: DynamoDB API, UpdateTimeToLive.
    /// </remarks>
    Task<UpdateTimeToLiveResponse> UpdateTimeToLiveAsync(
        UpdateTimeToLiveRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns whether the items of a table expire, and by which attribute.</summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <returns>ENABLED with the attribute, or DISABLED.</returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The response is strongly consistent. Cost: one round trip. Source: DynamoDB API, DescribeTimeToLive.
    /// </remarks>
    Task<DescribeTimeToLiveResponse> DescribeTimeToLiveAsync(
        DescribeTimeToLiveRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns that a table has no continuous backups, because PostgreSQL's backups take their place.
    /// </summary>
    /// <param name="request">The name of the table, or its ARN.</param>
    /// <returns>DISABLED; DynamoDB returns ENABLED, but here no operation could restore a backup.</returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="TableNotFoundException">The table does not exist.</exception>
    /// <remarks>Cost: one round trip. Source: DynamoDB API, DescribeContinuousBackups.</remarks>
    Task<DescribeContinuousBackupsResponse> DescribeContinuousBackupsAsync(
        DescribeContinuousBackupsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the limits of capacity that DynamoDB has for a new account.</summary>
    /// <param name="request">The request, which has no members.</param>
    /// <param name="cancellationToken">Has no effect, because the database is not queried.</param>
    /// <returns>The limits, which no operation enforces, because capacity is only stored and described.</returns>
    /// <remarks>Cost: none. Source: DynamoDB API, DescribeLimits.</remarks>
    Task<DescribeLimitsResponse> DescribeLimitsAsync(
        DescribeLimitsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the definition of a table, which <see cref="Item.Create"/> takes.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <returns>The definition that this process has in memory, at most one CatalogPollInterval old.</returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>Cost: none while the definitions in memory are new enough; otherwise one or two round trips.</remarks>
    Task<TableDefinition> GetTableDefinitionAsync(string tableName, CancellationToken cancellationToken = default);

    /// <summary>Creates an item, or replaces the item that has the same primary key.</summary>
    /// <param name="request">The item with all its attributes, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Cancels the call; the item is then written as a whole, or not at all.</param>
    /// <returns>
    /// The replaced item when the request asked for ALL_OLD and the key was taken; otherwise no attributes.
    /// </returns>
    /// <exception cref="ValidationException">
    /// The request or the item breaks a rule; the message names the rule.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">
    /// Another transaction held the item for too long, or conflicted with the write; a later attempt can succeed.
    /// </exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of the table lag too far, and the table's backpressure is Reject.
    /// </exception>
    /// <remarks>
    /// The item commits together with one marker for each propagation delay among the global indexes that it changes.
    /// Until a worker has applied the marker, a query on those indexes may miss the change; indexes without a delay are
    /// up to date when the call returns. Cost: two round trips and one commit. Source: DynamoDB API, PutItem.
    /// </remarks>
    Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the item that has a primary key.</summary>
    /// <param name="request">The key, and the attributes to return.</param>
    /// <returns>
    /// The item, or the attributes that the projection selects, which may be none; null when the item does not exist.
    /// </returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the key does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// The read is always strongly consistent. Cost: one round trip. Source: DynamoDB API, GetItem.
    /// </remarks>
    Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes attributes of an item; creates a missing item, unless the update has only REMOVE and DELETE actions.
    /// </summary>
    /// <param name="request">The key, the changes, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Cancels the call; all changes are then made, or none.</param>
    /// <returns>The attributes that ReturnValues asks for; no attributes when there are none.</returns>
    /// <exception cref="ValidationException">
    /// The request, the key or the new item breaks a rule; the message names the rule.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">
    /// Another transaction held the item for too long, or conflicted with the write; a later attempt can succeed.
    /// </exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of the table lag too far, and the table's backpressure is Reject.
    /// </exception>
    /// <remarks>
    /// All values are computed from the item before the update. The markers commit with the item, as in PutItem. Cost:
    /// two round trips and one commit. Source: DynamoDB API, UpdateItem.
    /// </remarks>
    Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes the item that has a primary key; a missing item is no error.</summary>
    /// <param name="request">The key, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Cancels the call; the item is then deleted, or not.</param>
    /// <returns>
    /// The deleted item when the request asked for ALL_OLD and the item existed; otherwise no attributes.
    /// </returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the key does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">
    /// Another transaction held the item for too long, or conflicted with the write; a later attempt can succeed.
    /// </exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of the table lag too far, and the table's backpressure is Reject.
    /// </exception>
    /// <remarks>
    /// The markers that remove the item's entries from the global indexes commit with the deletion. Cost: two round
    /// trips and one commit. Source: DynamoDB API, DeleteItem.
    /// </remarks>
    Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the items that have the given primary keys, from one or more tables.</summary>
    /// <param name="request">The keys by table, and the attributes to return.</param>
    /// <returns>
    /// The items that exist, up to 16 MB; UnprocessedKeys has the keys that were not read, and is empty when all were.
    /// </returns>
    /// <exception cref="ValidationException">The request breaks a rule, or a key does not fit its table.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables does not exist.</exception>
    /// <remarks>
    /// All items are read in one snapshot, and strongly consistent. Cost: one round trip. Source: DynamoDB API,
    /// BatchGetItem.
    /// </remarks>
    Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts and deletes items of one or more tables, without conditions.</summary>
    /// <param name="request">The writes by table.</param>
    /// <param name="cancellationToken">Cancels the call; all writes are then done, or none.</param>
    /// <returns>
    /// The writes that were not done: all puts, or all deletions, when other transactions held one of their items for too long,
    /// and the writes to tables whose global indexes lag too far; empty when all were done.
    /// </returns>
    /// <exception cref="ValidationException">The request or an item breaks a rule; nothing is written.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables does not exist.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of all the tables lag too far, and the tables' backpressure is Reject.
    /// </exception>
    /// <exception cref="TransactionConflictException">
    /// Other transactions held the items for too long, and the context is in a transaction of the caller.
    /// </exception>
    /// <remarks>
    /// The puts commit together, and so do the deletions; all writes do in a transaction of the caller, or when a table has a
    /// local index. Cost: one round trip for the puts, one more where a global index does not project all attributes, and one for
    /// the deletions; or one that locks the items, one that writes them, and one commit. Source: DynamoDB API, BatchWriteItem.
    /// </remarks>
    Task<BatchWriteItemResponse> BatchWriteItemAsync(
        BatchWriteItemRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the items that have the given primary keys, from one or more tables, as they are at one moment.
    /// </summary>
    /// <param name="request">The keys, and the attributes to return.</param>
    /// <returns>
    /// One response for each key, in the order of the keys; an empty one for an item that does not exist.
    /// </returns>
    /// <exception cref="ValidationException">
    /// The request breaks a rule, or the items are larger than 4 MB together.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">One of the tables does not exist.</exception>
    /// <exception cref="TransactionCanceledException">A key does not fit its table.</exception>
    /// <remarks>
    /// One statement reads all items in one snapshot, so no write ever cancels the transaction. Cost: one round trip.
    /// Source: DynamoDB API, TransactGetItems.
    /// </remarks>
    Task<TransactGetItemsResponse> TransactGetItemsAsync(
        TransactGetItemsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts, updates, deletes and checks items of one or more tables, all together or not at all.</summary>
    /// <param name="request">The actions, and perhaps a ClientRequestToken.</param>
    /// <param name="cancellationToken">Cancels the call; all actions are then done, or none.</param>
    /// <returns>The capacity and the sizes that the request asked for; otherwise an empty response.</returns>
    /// <exception cref="ValidationException">The request breaks a rule; the message names the rule.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables does not exist.</exception>
    /// <exception cref="TransactionCanceledException">
    /// An action cannot be done; the reasons name the actions and their errors.
    /// </exception>
    /// <exception cref="IdempotentParameterMismatchException">
    /// The ClientRequestToken was used for another request within the last ten minutes.
    /// </exception>
    /// <exception cref="TransactionInProgressException">
    /// A request with the same ClientRequestToken is running.
    /// </exception>
    /// <remarks>
    /// A repeated request with the same ClientRequestToken does nothing for ten minutes. Items are locked in the order
    /// of their keys, so two transactions never wait for each other. Cost: one round trip that locks the items, one
    /// that writes them, one commit, one for the token, and one when an absent item is checked or deleted; in a
    /// transaction of the caller also a savepoint, so that a failure leaves that transaction as it was. Source:
    /// DynamoDB API, TransactWriteItems.
    /// </remarks>
    Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the items of one partition of a table or index, in the order of their sort keys.</summary>
    /// <param name="request">The conditions on the key, the filter, and the attributes to return.</param>
    /// <returns>
    /// A page of at most 1 MB before the filter, empty when nothing matches; from an index, the attributes that the
    /// index projects.
    /// </returns>
    /// <exception cref="ValidationException">
    /// The request breaks a rule, or the index does not exist or is not ACTIVE.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// A table and its local indexes are strongly consistent; a global index may lag behind its items. Cost: one round
    /// trip for fewer than 100 items, and a few more for a full page. Source: DynamoDB API, Query.
    /// </remarks>
    Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads all items of a table, or all entries of an index, or one segment of them, page by page.</summary>
    /// <param name="request">The table, the start of the page, the filter, and the attributes to return.</param>
    /// <returns>A page of at most 1 MB before the filter; empty when nothing matches.</returns>
    /// <exception cref="ValidationException">
    /// The request breaks a rule, or the index does not exist or is not ACTIVE.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <remarks>
    /// A page of a table or a local index is strongly consistent; a global index may lag behind its items. Two pages do
    /// not come from one snapshot. Cost: one round trip for fewer than 100 items, and a few more for a full page.
    /// Source: DynamoDB API, Scan.
    /// </remarks>
    Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default);

    /// <summary>Executes one PartiQL statement: a SELECT, or the INSERT, UPDATE or DELETE of one item.</summary>
    /// <param name="request">The statement and its parameters; of a SELECT also the page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The items of a SELECT, a page of at most 1 MB before the filter; of a write the item that RETURNING returns; empty when there
    /// is none.
    /// </returns>
    /// <exception cref="ValidationException">
    /// The statement is not well formed, or breaks a rule of DynamoDB or of its table; nothing was written.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="DuplicateItemException">The table has the item of an INSERT.</exception>
    /// <exception cref="ConditionalCheckFailedException">
    /// The WHERE of an UPDATE or a DELETE is false for the stored item, or the item of an UPDATE does not exist.
    /// </exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">The global indexes of the table lag too far.</exception>
    /// <remarks>
    /// A SELECT whose WHERE names the whole primary key costs a GetItem, one that names a partition a Query, one that names several
    /// a Query each, any other a Scan; a write costs a PutItem, an UpdateItem or a DeleteItem, and an INSERT reads first. Source:
    /// DynamoDB API, ExecuteStatement.
    /// </remarks>
    Task<ExecuteStatementResponse> ExecuteStatementAsync(
        ExecuteStatementRequest request, CancellationToken cancellationToken = default);

    /// <summary>Executes up to 25 PartiQL statements, each on one item; all of them read, or all write.</summary>
    /// <param name="request">The statements, each of which names the whole primary key of another item.</param>
    /// <param name="cancellationToken">Cancels the call; statements that were executed before stay executed.</param>
    /// <returns>One response for each statement: the item, or the error of that statement.</returns>
    /// <exception cref="ValidationException">
    /// The statements read and write, two are on one item, or there are more than 25; none was executed.
    /// </exception>
    /// <remarks>
    /// Statements that read see one moment. Cost: one round trip for all reads; each write costs what it costs alone. Source:
    /// DynamoDB API, BatchExecuteStatement.
    /// </remarks>
    Task<BatchExecuteStatementResponse> BatchExecuteStatementAsync(
        BatchExecuteStatementRequest request, CancellationToken cancellationToken = default);

    /// <summary>Executes up to 100 PartiQL statements, either all of them or none; all of them read, or all write.</summary>
    /// <param name="request">
    /// The statements, each of which names the whole primary key of another item; EXISTS checks a condition among writes.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; all statements are then executed, or none.</param>
    /// <returns>One response for each SELECT; none for statements that write.</returns>
    /// <exception cref="ValidationException">
    /// A statement is not well formed or not allowed here, the statements read and write, or two are on one item.
    /// </exception>
    /// <exception cref="TransactionCanceledException">
    /// A table or a condition is missing, false or mistyped, an item is taken or held; the reasons say which.
    /// </exception>
    /// <exception cref="IdempotentParameterMismatchException">
    /// The ClientRequestToken was used for another request within the last ten minutes.
    /// </exception>
    /// <exception cref="TransactionInProgressException">
    /// A request with the same ClientRequestToken is running.
    /// </exception>
    /// <remarks>
    /// Cost: a TransactGetItems or a TransactWriteItems. A ClientRequestToken has no meaning for statements that read. Source:
    /// DynamoDB API, ExecuteTransaction.
    /// </remarks>
    Task<ExecuteTransactionResponse> ExecuteTransactionAsync(
        ExecuteTransactionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists streams by table and label, page by page, also those that are disabled or whose table is deleted.</summary>
    /// <param name="request">The table, the stream after which the page starts, and the largest number of streams.</param>
    /// <returns>A page of streams; an empty list when there are none.</returns>
    /// <exception cref="ValidationException">The limit is not 1 to 100.</exception>
    /// <remarks>
    /// A stream stays until 24 hours after it was disabled, or for StreamOptions.Retention. Strongly consistent. Cost: one round
    /// trip. Source: DynamoDB Streams API, ListStreams.
    /// </remarks>
    Task<ListStreamsResponse> ListStreamsAsync(ListStreamsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the state of a stream and its shards.</summary>
    /// <param name="request">The ARN of the stream.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ValidationException">The request breaks a rule; the message names the rule.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such stream.</exception>
    /// <remarks>Strongly consistent. Cost: one round trip. Source: DynamoDB Streams API, DescribeStream.</remarks>
    Task<DescribeStreamResponse> DescribeStreamAsync(
        DescribeStreamRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns a place in a shard, from which GetRecords reads.</summary>
    /// <param name="request">The shard and the place.</param>
    /// <returns>An iterator, which is valid for 15 minutes.</returns>
    /// <exception cref="ValidationException">
    /// The request breaks a rule, or the shard has no record of the sequence number.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">There is no such stream or shard.</exception>
    /// <exception cref="TrimmedDataAccessException">The record of the sequence number is gone.</exception>
    /// <remarks>
    /// LATEST is behind all records of changes that were committed before the call. Cost: two round trips, and three more when
    /// records wait for their numbers. Source: DynamoDB Streams API, GetShardIterator.
    /// </remarks>
    Task<GetShardIteratorResponse> GetShardIteratorAsync(
        GetShardIteratorRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the records of a shard behind a place, at most 1,000 and 1 MB.</summary>
    /// <param name="request">The place.</param>
    /// <returns>
    /// The records, which are empty when there are none at present; and the place behind them, null at the end of a stream that
    /// gets no more.
    /// </returns>
    /// <exception cref="ValidationException">The limit is not 1 to 1,000, or the iterator is not one.</exception>
    /// <exception cref="ExpiredIteratorException">The iterator is older than 15 minutes.</exception>
    /// <exception cref="TrimmedDataAccessException">Records behind the place are gone.</exception>
    /// <exception cref="ResourceNotFoundException">The stream is gone.</exception>
    /// <remarks>
    /// The page contains what was committed before the call, each change once, those of an item in their order. Cost: one round
    /// trip, and four more when records wait for their numbers. Source: DynamoDB Streams API, GetRecords.
    /// </remarks>
    Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default);
}
