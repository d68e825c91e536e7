-- What events looked like, in slots of ten minutes of received_ts, to be compared with the same hour
-- of other days. A slot is counted anew when a load brings more of its events.
CREATE TABLE quality_slots (
  slot_ts     TIMESTAMP NOT NULL,
  counted_ts  TIMESTAMP NOT NULL,
  PRIMARY KEY (slot_ts)
)
DISTSTYLE ALL
SORTKEY (slot_ts);

-- loaded are rows of events, rejected are rows of quarantined_events. The type is empty where nobody
-- could tell it, the version where an event was refused without looking at a contract. Of types
-- without a contract the hundred most frequent of a slot have their name.
CREATE TABLE quality_types (
  slot_ts     TIMESTAMP   NOT NULL,
  tenant_id   VARCHAR(64) NOT NULL,
  source_id   VARCHAR(64) NOT NULL,
  event_type  VARCHAR(64) NOT NULL,
  version     VARCHAR(16) NOT NULL,
  loaded      BIGINT      NOT NULL,
  rejected    BIGINT      NOT NULL,
  PRIMARY KEY (slot_ts, tenant_id, source_id, event_type, version)
)
DISTSTYLE EVEN
SORTKEY (slot_ts);

-- Of the rows of events of a type, those that have a value in the column named by field.
CREATE TABLE quality_fields (
  slot_ts     TIMESTAMP    NOT NULL,
  tenant_id   VARCHAR(64)  NOT NULL,
  event_type  VARCHAR(64)  NOT NULL,
  field       VARCHAR(127) NOT NULL,
  events      BIGINT       NOT NULL,
  present     BIGINT       NOT NULL,
  PRIMARY KEY (slot_ts, tenant_id, event_type, field)
)
DISTSTYLE EVEN
SORTKEY (slot_ts);

-- What was unusual, from when to when. closed_ts is NULL while it is. Empty source, version or field:
-- it is about all of them. The owner is that of the contract.
CREATE TABLE quality_findings (
  signal         VARCHAR(16)      NOT NULL,
  tenant_id      VARCHAR(64)      NOT NULL,
  source_id      VARCHAR(64)      NOT NULL,
  event_type     VARCHAR(64)      NOT NULL,
  version        VARCHAR(16)      NOT NULL,
  field          VARCHAR(127)     NOT NULL,
  opened_ts      TIMESTAMP        NOT NULL,
  seen_ts        TIMESTAMP        NOT NULL,
  closed_ts      TIMESTAMP,
  observed       DOUBLE PRECISION NOT NULL,
  usual          DOUBLE PRECISION NOT NULL,
  owner_team     VARCHAR(256)     NOT NULL,
  owner_contact  VARCHAR(256)     NOT NULL,
  message        VARCHAR(1024)    NOT NULL,
  PRIMARY KEY (signal, tenant_id, source_id, event_type, version, field, opened_ts)
)
DISTSTYLE ALL
SORTKEY (opened_ts);
