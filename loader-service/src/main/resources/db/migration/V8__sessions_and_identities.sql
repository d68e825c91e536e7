-- Sessions as they stand by now: a row for each, which a higher revision of the same session replaces.
-- The columns before loaded_ts are those of DerivedTables.SESSIONS, in its order; a test compares them.
-- channel to campaign, device_class and country are those of its first event that has them. loaded_ts is
-- when the row became what it is.
CREATE TABLE sessions (
  tenant_id          VARCHAR(64)       NOT NULL ENCODE BYTEDICT,
  session_id         VARCHAR(256)      NOT NULL ENCODE ZSTD,
  revision           BIGINT            NOT NULL ENCODE AZ64,
  person_id          VARCHAR(256)               ENCODE ZSTD,
  anonymous_id       VARCHAR(256)               ENCODE ZSTD,
  user_id            VARCHAR(256)               ENCODE ZSTD,
  client_session_id  VARCHAR(256)               ENCODE ZSTD,
  session_index      INTEGER           NOT NULL ENCODE AZ64,
  started_at         TIMESTAMP         NOT NULL ENCODE RAW,
  ended_at           TIMESTAMP         NOT NULL ENCODE AZ64,
  duration_seconds   DOUBLE PRECISION  NOT NULL ENCODE ZSTD,
  events             INTEGER           NOT NULL ENCODE AZ64,
  pages              INTEGER           NOT NULL ENCODE AZ64,
  conversions        INTEGER           NOT NULL ENCODE AZ64,
  -- One page view, or one event, and no conversion.
  is_bounce          BOOLEAN           NOT NULL ENCODE ZSTD,
  is_bot             BOOLEAN           NOT NULL ENCODE ZSTD,
  -- No further event is expected.
  is_closed          BOOLEAN           NOT NULL ENCODE ZSTD,
  entry_page         VARCHAR(4096)              ENCODE ZSTD,
  exit_page          VARCHAR(4096)              ENCODE ZSTD,
  referrer           VARCHAR(4096)              ENCODE ZSTD,
  channel            VARCHAR(32)                ENCODE BYTEDICT,
  source             VARCHAR(256)               ENCODE BYTEDICT,
  medium             VARCHAR(256)               ENCODE BYTEDICT,
  campaign           VARCHAR(512)               ENCODE ZSTD,
  device_class       VARCHAR(32)                ENCODE BYTEDICT,
  country            VARCHAR(2)                 ENCODE BYTEDICT,
  loaded_ts          TIMESTAMP         NOT NULL ENCODE AZ64,
  PRIMARY KEY (tenant_id, session_id)
)
DISTSTYLE KEY
DISTKEY (person_id)
SORTKEY (started_at);

-- Every link between an id and a person that was ever made, once. id_kind is anonymous or user. The columns
-- before loaded_ts are those of DerivedTables.IDENTITIES, in its order; a test compares them.
CREATE TABLE identities (
  tenant_id           VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  id_kind             VARCHAR(16)   NOT NULL ENCODE BYTEDICT,
  id                  VARCHAR(256)  NOT NULL ENCODE ZSTD,
  person_id           VARCHAR(256)  NOT NULL ENCODE ZSTD,
  previous_person_id  VARCHAR(256)           ENCODE ZSTD,
  linked_at           TIMESTAMP     NOT NULL ENCODE AZ64,
  event_id            VARCHAR(64)   NOT NULL ENCODE ZSTD,
  shared              BOOLEAN       NOT NULL ENCODE ZSTD,
  loaded_ts           TIMESTAMP     NOT NULL ENCODE AZ64,
  PRIMARY KEY (tenant_id, id_kind, id, person_id, linked_at, event_id, shared)
)
DISTSTYLE KEY
DISTKEY (id)
SORTKEY (id);

-- What the links of each id say together. person_id is that of the last one; of a shared id, which tells
-- nobody, it is own_person_id: the person that the id had before any link. due_ts is since when its events
-- wait to be restated; NULL when they are.
CREATE TABLE identity_persons (
  tenant_id      VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  id_kind        VARCHAR(16)   NOT NULL ENCODE BYTEDICT,
  id             VARCHAR(256)  NOT NULL ENCODE ZSTD,
  own_person_id  VARCHAR(256)           ENCODE ZSTD,
  person_id      VARCHAR(256)           ENCODE ZSTD,
  shared         BOOLEAN       NOT NULL ENCODE ZSTD,
  linked_at      TIMESTAMP     NOT NULL ENCODE AZ64,
  due_ts         TIMESTAMP              ENCODE AZ64,
  PRIMARY KEY (tenant_id, id_kind, id)
)
DISTSTYLE KEY
DISTKEY (id)
SORTKEY (id);

-- Users who became others: an alias gives the person that a user had before to another one.
CREATE VIEW moved_persons AS
SELECT
  tenant_id,
  own_person_id   AS from_person_id,
  MAX(person_id)  AS person_id
FROM identity_persons
WHERE id_kind = 'user' AND NOT shared AND own_person_id <> person_id
GROUP BY tenant_id, own_person_id;

-- Whose each id is now: an alias of an alias is followed three times. A shared id has the person it had
-- before any link, or none.
CREATE VIEW current_identities AS
SELECT
  i.tenant_id,
  i.id_kind,
  i.id,
  COALESCE(c.person_id, b.person_id, a.person_id, i.person_id) AS person_id,
  i.shared,
  i.linked_at
FROM identity_persons AS i
LEFT JOIN moved_persons AS a ON a.tenant_id = i.tenant_id AND a.from_person_id = i.person_id
LEFT JOIN moved_persons AS b ON b.tenant_id = a.tenant_id AND b.from_person_id = a.person_id
LEFT JOIN moved_persons AS c ON c.tenant_id = b.tenant_id AND c.from_person_id = b.person_id;

-- Every event with the person that its ids belong to now: that of its user if it has one, else that of its
-- device. The loader brings it into events too, within minutes; event_person_id is what stands there.
CREATE VIEW identified_events AS
SELECT
  e.tenant_id,
  e.event_id,
  e.event_type,
  e.event_ts,
  e.received_ts,
  e.anonymous_id,
  e.user_id,
  e.session_id,
  NVL(c.person_id, e.person_id) AS person_id,
  e.person_id                   AS event_person_id
FROM events AS e
LEFT JOIN current_identities AS c
  ON c.tenant_id = e.tenant_id
  AND c.id = NVL(e.user_id, e.anonymous_id)
  AND c.id_kind = CASE WHEN e.user_id IS NULL THEN 'anonymous' ELSE 'user' END;
