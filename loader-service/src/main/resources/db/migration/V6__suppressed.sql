-- Quarantine records of persons who were erased: in a load transaction, when the record was still on
-- its way, or by an erasure. They have left the quarantine (quarantine_releases, as suppressed) without
-- an event that was loaded instead.
ALTER TABLE load_counts ADD COLUMN suppressed_rows BIGINT DEFAULT 0 NOT NULL;

-- As before, and what the quarantine suppressed.
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
  SELECT minute_ts, tenant_id, 'quarantine', quarantined_rows, released_rows, 0, 0, suppressed_rows, 0
  FROM load_counts
  WHERE quarantined_rows + released_rows + suppressed_rows > 0
) AS entries
GROUP BY minute_ts, tenant_id, stage;

-- As before; what the quarantine suppressed is not in it any more.
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
      minute_ts,
      tenant_id,
      0,
      0,
      released_rows,
      inserted_rows,
      quarantined_rows - released_rows - suppressed_rows,
      duplicate_rows,
      suppressed_rows
    FROM load_counts
  ) AS entries
  GROUP BY minute_ts, tenant_id
) AS minutes;
