-- The warehouse's part of the books, and the views that balance them. They begin with this migration:
-- minutes before it are not in them.

-- staged = inserted + duplicates + replayed. A staged row with the received_ts of the row that stays
-- is that row, or a replay of it; one with another received_ts is a duplicate receipt of its event.
ALTER TABLE load_batches ADD COLUMN replayed_rows BIGINT DEFAULT 0 NOT NULL;

-- Receipts of events that had been received before, as far as they came this far. One row for each,
-- however often it is loaded. first_received_ts is the received_ts of the row in events.
CREATE TABLE duplicate_receipts (
  tenant_id          VARCHAR(64) NOT NULL,
  event_id           VARCHAR(64) NOT NULL,
  received_ts        TIMESTAMP   NOT NULL,
  first_received_ts  TIMESTAMP   NOT NULL,
  loaded_ts          TIMESTAMP   NOT NULL,
  PRIMARY KEY (tenant_id, event_id, received_ts)
)
DISTSTYLE KEY
DISTKEY (event_id)
SORTKEY (received_ts);

-- What each load transaction added, by the minute in which the events were received: rows of events
-- and rows of duplicate_receipts. Written in the same transaction as these, so that the sum over a
-- minute is their number, and nobody has to count events.
CREATE TABLE load_counts (
  batch_id        VARCHAR(64) NOT NULL,
  minute_ts       TIMESTAMP   NOT NULL,
  tenant_id       VARCHAR(64) NOT NULL,
  inserted_rows   BIGINT      NOT NULL,
  duplicate_rows  BIGINT      NOT NULL,
  PRIMARY KEY (batch_id, minute_ts, tenant_id)
)
DISTSTYLE EVEN
SORTKEY (minute_ts);

-- The pages of the stages' books: a stage, the shard it reads, a minute of receipt and the record the
-- page was opened with name a page, and its counts are cumulative and true for the record up_to.
-- Sequence numbers are decimal, without leading zeros. The empty tenant is that of events nobody could
-- read. copied_ts is when the copy that wrote the row began.
CREATE TABLE pipeline_counts (
  stage          VARCHAR(32)  NOT NULL,
  shard          VARCHAR(256) NOT NULL,
  minute_ts      TIMESTAMP    NOT NULL,
  from_sequence  VARCHAR(128) NOT NULL,
  tenant_id      VARCHAR(64)  NOT NULL,
  up_to          VARCHAR(128) NOT NULL,
  received       BIGINT       NOT NULL,
  published      BIGINT       NOT NULL,
  rejected       BIGINT       NOT NULL,
  duplicates     BIGINT       NOT NULL,
  suppressed     BIGINT       NOT NULL,
  replayed       BIGINT       NOT NULL,
  copied_ts      TIMESTAMP    NOT NULL,
  PRIMARY KEY (stage, shard, minute_ts, from_sequence, tenant_id)
)
DISTSTYLE EVEN
SORTKEY (minute_ts);

-- Locking this table makes copies of pages follow one another, and keeps nobody from reading them.
CREATE TABLE pipeline_counts_lock (
  unused BOOLEAN
)
DISTSTYLE ALL;

-- Between which stages a difference lies: what a stage published is what the next one should have
-- received. The warehouse is the last stage: it receives what the loader published. What it saw again
-- after a crash stands in load_batches.replayed_rows and is not known by minute.
CREATE VIEW pipeline_stages AS
SELECT
  minute_ts,
  tenant_id,
  stage,
  CAST(SUM(received) AS BIGINT)   AS received,
  CAST(SUM(published) AS BIGINT)  AS published,
  CAST(SUM(rejected) AS BIGINT)   AS rejected,
  CAST(SUM(duplicates) AS BIGINT) AS duplicates,
  CAST(SUM(suppressed) AS BIGINT) AS suppressed,
  CAST(SUM(replayed) AS BIGINT)   AS replayed
FROM (
  SELECT minute_ts, tenant_id, stage, received, published, rejected, duplicates, suppressed, replayed
  FROM pipeline_counts
  UNION ALL
  SELECT
    minute_ts, tenant_id, 'warehouse', inserted_rows + duplicate_rows, inserted_rows, 0, duplicate_rows, 0, 0
  FROM load_counts
) AS entries
GROUP BY minute_ts, tenant_id, stage;

-- The balance: difference is 0 for a minute whose events have all arrived, above 0 while some are on
-- their way (or lost), below 0 if more arrived than were accepted. Say since when you want it
-- (WHERE minute_ts >= ...): both tables are sorted by the minute.
CREATE VIEW pipeline_books AS
SELECT
  minute_ts,
  tenant_id,
  accepted,
  loaded,
  quarantined,
  duplicates,
  suppressed,
  accepted - loaded - quarantined - duplicates - suppressed AS difference
FROM (
  SELECT
    minute_ts,
    tenant_id,
    -- A collector that was killed may not have told of its last events; the validator has seen them.
    CAST(GREATEST(SUM(collected), SUM(validated)) AS BIGINT) AS accepted,
    CAST(SUM(loaded) AS BIGINT)      AS loaded,
    CAST(SUM(quarantined) AS BIGINT) AS quarantined,
    CAST(SUM(duplicates) AS BIGINT)  AS duplicates,
    CAST(SUM(suppressed) AS BIGINT)  AS suppressed
  FROM (
    SELECT
      minute_ts,
      tenant_id,
      CASE WHEN stage = 'collector' THEN published ELSE 0 END AS collected,
      CASE WHEN stage = 'validator' THEN received ELSE 0 END AS validated,
      0 AS loaded,
      CASE WHEN stage IN ('validator', 'enricher', 'loader') THEN rejected ELSE 0 END AS quarantined,
      CASE WHEN stage = 'validator' THEN duplicates ELSE 0 END AS duplicates,
      suppressed
    FROM pipeline_counts
    UNION ALL
    SELECT minute_ts, tenant_id, 0, 0, inserted_rows, 0, duplicate_rows, 0
    FROM load_counts
  ) AS entries
  GROUP BY minute_ts, tenant_id
) AS minutes;
