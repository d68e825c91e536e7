-- The quarantine: what was refused, why, and what of it a query needs. The columns are those of
-- QuarantineRows, in its order; a test compares them. A row for each record: quarantine_id says which
-- event of which record of which stream it was, so that loading it again changes nothing.
CREATE TABLE quarantined_events (
  quarantine_id   VARCHAR(512)    NOT NULL ENCODE ZSTD,
  stage           VARCHAR(16)     NOT NULL ENCODE BYTEDICT,
  reason          VARCHAR(32)     NOT NULL ENCODE BYTEDICT,
  message         VARCHAR(8192)   NOT NULL ENCODE ZSTD,
  violations      SUPER                    ENCODE ZSTD,
  event_id        VARCHAR(64)              ENCODE ZSTD,
  tenant_id       VARCHAR(64)              ENCODE BYTEDICT,
  source_id       VARCHAR(64)              ENCODE BYTEDICT,
  event_type      VARCHAR(256)             ENCODE BYTEDICT,
  contract        VARCHAR(128)             ENCODE BYTEDICT,
  received_ts     TIMESTAMP       NOT NULL ENCODE RAW,
  quarantined_ts  TIMESTAMP       NOT NULL ENCODE AZ64,
  anonymous_id    VARCHAR(256)             ENCODE ZSTD,
  user_id         VARCHAR(256)             ENCODE ZSTD,
  sdk_name        VARCHAR(256)             ENCODE BYTEDICT,
  sdk_version     VARCHAR(64)              ENCODE BYTEDICT,
  user_agent      VARCHAR(1024)            ENCODE ZSTD,
  -- The bytes as they came, if they are text that has room here; in the object they are in any case.
  original        VARCHAR(65535)           ENCODE ZSTD,
  object_key      VARCHAR(1024)   NOT NULL ENCODE ZSTD,
  loaded_ts       TIMESTAMP                ENCODE AZ64,
  PRIMARY KEY (quarantine_id)
)
DISTSTYLE KEY
DISTKEY (event_id)
SORTKEY (received_ts);

-- What has left the quarantine and never comes back into it. An event is sent again with the receipt
-- it had: when its row, or the receipt as a duplicate, is there, its record leaves as loaded; when it
-- is refused again, under another quarantine_id, as refused_again.
CREATE TABLE quarantine_releases (
  quarantine_id  VARCHAR(512) NOT NULL,
  tenant_id      VARCHAR(64),
  event_id       VARCHAR(64),
  received_ts    TIMESTAMP    NOT NULL,
  released_as    VARCHAR(16)  NOT NULL,
  loaded_ts      TIMESTAMP    NOT NULL,
  PRIMARY KEY (quarantine_id)
)
DISTSTYLE KEY
DISTKEY (event_id)
SORTKEY (received_ts);

-- When records were sent again, so that nobody sends them twice while they are on their way. Locking
-- this table makes those who send follow one another.
CREATE TABLE quarantine_replays (
  quarantine_id  VARCHAR(512) NOT NULL,
  replayed_ts    TIMESTAMP    NOT NULL
)
DISTSTYLE EVEN
SORTKEY (replayed_ts);

-- Rows that a load transaction added to quarantined_events and to quarantine_releases, by the minute
-- of receipt, as inserted_rows are those of events.
ALTER TABLE load_counts ADD COLUMN quarantined_rows BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE load_counts ADD COLUMN released_rows BIGINT DEFAULT 0 NOT NULL;

-- Between which stages a difference lies: what a stage published is what the next one should have
-- received. The warehouse is the last stage: it receives what the loader published. The quarantine
-- receives what all stages rejected, and publishes what has left it. What the warehouse saw again
-- after a crash stands in load_batches.replayed_rows and is not known by minute.
CREATE OR REPLACE VIEW pipeline_stages AS
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
  WHERE inserted_rows + duplicate_rows > 0
  UNION ALL
  SELECT minute_ts, tenant_id, 'quarantine', quarantined_rows, released_rows, 0, 0, 0, 0
  FROM load_counts
  WHERE quarantined_rows + released_rows > 0
) AS entries
GROUP BY minute_ts, tenant_id, stage;

-- The balance: difference is 0 for a minute whose events have all arrived, above 0 while some are on
-- their way (or lost), below 0 if more arrived than were accepted. Loaded are rows of events,
-- quarantined are rows of quarantined_events. Say since when you want it (WHERE minute_ts >= ...): both
-- tables are sorted by the minute.
CREATE OR REPLACE VIEW pipeline_books AS
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
    -- It sees an event once more when that is sent again from the quarantine.
    CAST(GREATEST(SUM(collected), SUM(validated) - SUM(released)) AS BIGINT) AS accepted,
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
      0 AS released,
      0 AS loaded,
      0 AS quarantined,
      CASE WHEN stage = 'validator' THEN duplicates ELSE 0 END AS duplicates,
      suppressed
    FROM pipeline_counts
    UNION ALL
    SELECT
      minute_ts, tenant_id, 0, 0, released_rows, inserted_rows, quarantined_rows - released_rows, duplicate_rows, 0
    FROM load_counts
  ) AS entries
  GROUP BY minute_ts, tenant_id
) AS minutes;
