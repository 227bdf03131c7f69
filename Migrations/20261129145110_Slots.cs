using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    /// <remarks>
    /// Killed at any point, it goes on where it was when it is applied again, and several processes may apply it at once: each
    /// step looks first whether it is done.
    /// </remarks>
    public partial class Slots : Migration
    {
        // As in Keys/ItemSlot.cs.
        private const string Slot = "get_byte(uuid_send(partition_hash), 0) >> 2";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whoever gets the tables has all turns: no batch, no write is under way. From the commit on, processes of the
            // version before fail: their statements name what is not there any more, and a row without a slot is refused.
            // Scripts lock the history as EF does. The tables are in the order of batches, and behind them that of writes. A
            // process that takes them in another one makes a deadlock, which may end this statement instead.
            migrationBuilder.Sql($"""
                DO $slots$
                BEGIN
                    LOCK TABLE extenddb.migrations_history IN ACCESS EXCLUSIVE MODE;
                    IF to_regclass('extenddb.gsi_shards') IS NULL THEN
                        RETURN;
                    END IF;
                    FOR attempt IN 1..20 LOOP
                        BEGIN
                            LOCK TABLE extenddb.gsi_shards, extenddb.items, extenddb.index_entries, extenddb.gsi_quarantine,
                                extenddb.gsi_pending IN ACCESS EXCLUSIVE MODE;
                            EXIT;
                        EXCEPTION WHEN deadlock_detected THEN
                            IF attempt = 20 THEN
                                RAISE;
                            END IF;
                        END;
                    END LOOP;

                    ALTER TABLE extenddb.gsi_shards RENAME TO gsi_slots;
                    ALTER TABLE extenddb.gsi_slots RENAME COLUMN shard TO slot;
                    ALTER TABLE extenddb.gsi_slots RENAME CONSTRAINT pk_gsi_shards TO pk_gsi_slots;
                    INSERT INTO extenddb.gsi_slots (slot) SELECT generate_series(32, 63);

                    ALTER TABLE extenddb.gsi_pending RENAME COLUMN shard TO slot;
                    ALTER TABLE extenddb.gsi_pending ALTER COLUMN slot TYPE smallint USING ({Slot});

                    ALTER TABLE extenddb.gsi_quarantine
                        ADD COLUMN slot smallint,
                        ADD CONSTRAINT ck_gsi_quarantine_slot CHECK (slot = {Slot}) NOT VALID,
                        ADD CONSTRAINT ck_gsi_quarantine_slot_filled CHECK (slot IS NOT NULL) NOT VALID;
                    ALTER TABLE extenddb.items
                        ADD COLUMN slot smallint,
                        ADD CONSTRAINT ck_items_slot CHECK (slot = {Slot}) NOT VALID,
                        ADD CONSTRAINT ck_items_slot_filled CHECK (slot IS NOT NULL) NOT VALID;
                    ALTER TABLE extenddb.index_entries
                        ADD COLUMN slot smallint,
                        ADD CONSTRAINT ck_index_entries_slot CHECK (slot = {Slot}) NOT VALID,
                        ADD CONSTRAINT ck_index_entries_slot_filled CHECK (slot IS NOT NULL) NOT VALID;
                END
                $slots$;
                """);

            // A procedure, because it commits after each chunk of 8 MB, and a script may call it inside a block. It stays:
            // another process may be about to call it.
            migrationBuilder.Sql($"""
                CREATE OR REPLACE PROCEDURE extenddb.fill_slots()
                LANGUAGE plpgsql
                AS $fill$
                DECLARE
                    name text;
                    place bigint;
                    pages bigint;
                BEGIN
                    FOREACH name IN ARRAY ARRAY['gsi_quarantine', 'items', 'index_entries'] LOOP
                        place := 0;
                        pages := pg_relation_size(format('extenddb.%I', name)) / current_setting('block_size')::bigint;
                        WHILE place < pages LOOP
                            -- A process of the version before can still lock some items, in another order.
                            BEGIN
                                EXECUTE format(
                                    'UPDATE extenddb.%I SET slot = {Slot} WHERE slot IS NULL AND ctid >= $1 AND ctid < $2', name)
                                    USING format('(%s,0)', place)::tid, format('(%s,0)', place + 1000)::tid;
                                place := place + 1000;
                            EXCEPTION WHEN deadlock_detected THEN
                                NULL;
                            END;

                            COMMIT;
                        END LOOP;

                        -- NOT NULL after the constraint that says the same is valid, so that readers wait for no look over the rows.
                        EXECUTE format('LOCK TABLE extenddb.%I IN SHARE UPDATE EXCLUSIVE MODE', name);
                        IF EXISTS (SELECT FROM pg_constraint WHERE conname = format('ck_%s_slot_filled', name)) THEN
                            EXECUTE format(
                                'ALTER TABLE extenddb.%1$I VALIDATE CONSTRAINT ck_%1$s_slot, VALIDATE CONSTRAINT ck_%1$s_slot_filled',
                                name);
                            EXECUTE format('ALTER TABLE extenddb.%I ALTER COLUMN slot SET NOT NULL', name);
                            EXECUTE format('ALTER TABLE extenddb.%1$I DROP CONSTRAINT ck_%1$s_slot_filled', name);
                        END IF;

                        COMMIT;
                    END LOOP;
                END
                $fill$;
                """);
            migrationBuilder.Sql("CALL extenddb.fill_slots();", suppressTransaction: true);

            // ExtendDbHistory keeps EF from writing the history: here it is written with the change of the catalog that makes
            // programs look at it, once by several processes, and only behind a fill that has come to its end.
            migrationBuilder.Sql($"""
                DO $applied$
                BEGIN
                    IF EXISTS (SELECT FROM pg_constraint WHERE conname IN (
                        'ck_gsi_quarantine_slot_filled', 'ck_items_slot_filled', 'ck_index_entries_slot_filled')) THEN
                        RAISE EXCEPTION 'extenddb.fill_slots() has not come to its end: migrate again, and it goes on';
                    END IF;

                    UPDATE extenddb.catalog_state SET version = version + 1 + floor(random() * 1000000)::bigint;
                    INSERT INTO extenddb.migrations_history ("MigrationId", "ProductVersion")
                    VALUES ('20261129145110_Slots', '{ProductInfo.GetVersion()}') ON CONFLICT DO NOTHING;
                END
                $applied$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                LOCK TABLE extenddb.gsi_slots, extenddb.gsi_pending, extenddb.gsi_quarantine, extenddb.items, extenddb.index_entries
                    IN ACCESS EXCLUSIVE MODE;
                DROP PROCEDURE extenddb.fill_slots();
                ALTER TABLE extenddb.items DROP COLUMN slot;
                ALTER TABLE extenddb.index_entries DROP COLUMN slot;
                ALTER TABLE extenddb.gsi_quarantine DROP COLUMN slot;

                ALTER TABLE extenddb.gsi_pending RENAME COLUMN slot TO shard;
                ALTER TABLE extenddb.gsi_pending
                    ALTER COLUMN shard TYPE smallint USING (get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32);

                DELETE FROM extenddb.gsi_slots WHERE slot > 31;
                ALTER TABLE extenddb.gsi_slots RENAME CONSTRAINT pk_gsi_slots TO pk_gsi_shards;
                ALTER TABLE extenddb.gsi_slots RENAME COLUMN slot TO shard;
                ALTER TABLE extenddb.gsi_slots RENAME TO gsi_shards;
                """);
        }
    }
}
