-- What people ask of events every day, by day. Three layers for each:
--   live_*     a materialized view over the events there are. Sums and counts by plain columns only, so that
--              Redshift refreshes it by what changed (no DISTINCT, no outer join, no UNION, no percentile);
--   *_history  the same for the days whose events are gone;
--   daily_*    what to query: the days that are closed from history, the others live.
-- Bots are in none. `unknown` stands for what an event does not say.

-- Days before this one are closed: their figures are in history and change no more, their events may go.
CREATE TABLE report_horizon (
  closed_before DATE NOT NULL
)
DISTSTYLE ALL;

INSERT INTO report_horizon (closed_before) VALUES ('0001-01-01');

CREATE MATERIALIZED VIEW live_products_viewed BACKUP NO DISTSTYLE EVEN SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(event_ts AS DATE) AS day,
  tenant_id,
  product_id,
  COUNT(*)               AS viewed
FROM events
WHERE event_type = 'product_view' AND product_id IS NOT NULL AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3;

CREATE MATERIALIZED VIEW live_products_shown BACKUP NO DISTSTYLE EVEN SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(e.event_ts AS DATE)             AS day,
  e.tenant_id                          AS tenant_id,
  CAST(p.product_id AS VARCHAR(256))   AS product_id,
  COUNT(*)                             AS shown
FROM events AS e, e.products_shown AS p
WHERE e.event_type = 'product_shown' AND NOT NVL(e.is_bot, FALSE)
GROUP BY 1, 2, 3;

-- What happened in each session; day is the one in which it began.
CREATE MATERIALIZED VIEW live_session_steps BACKUP NO DISTKEY (session_id) SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(NVL(session_started_at, event_ts) AS DATE)                      AS day,
  tenant_id,
  session_id,
  SUM(CASE WHEN event_type = 'product_view' THEN 1 ELSE 0 END)         AS product_views,
  SUM(CASE WHEN event_type = 'add_to_cart' THEN 1 ELSE 0 END)          AS carts,
  SUM(CASE WHEN event_type = 'checkout_started' THEN 1 ELSE 0 END)     AS checkouts,
  SUM(CASE WHEN event_type = 'purchase' THEN 1 ELSE 0 END)             AS purchases,
  SUM(CASE WHEN sentiment = 'negative' THEN 1 ELSE 0 END)              AS negatives,
  SUM(CASE WHEN event_type = 'escalation_triggered' THEN 1 ELSE 0 END) AS escalations,
  COUNT(*)                                                             AS events
FROM events
WHERE session_id IS NOT NULL AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3;

CREATE MATERIALIZED VIEW live_feedback BACKUP NO DISTSTYLE EVEN SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(event_ts AS DATE)                              AS day,
  tenant_id,
  NVL(intent, 'unknown')                              AS intent,
  SUM(CASE WHEN feedback = 'up' THEN 1 ELSE 0 END)    AS thumbs_up,
  SUM(CASE WHEN feedback = 'down' THEN 1 ELSE 0 END)  AS thumbs_down
FROM events
WHERE event_type = 'feedback_given' AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3;

CREATE MATERIALIZED VIEW live_responses BACKUP NO DISTSTYLE EVEN SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(event_ts AS DATE)       AS day,
  tenant_id,
  NVL(chat_flow, 'unknown')    AS flow,
  NVL(model_id, 'unknown')     AS model_id,
  NVL(currency, '')            AS currency,
  COUNT(*)                     AS responses,
  SUM(NVL(input_tokens, 0))    AS input_tokens,
  SUM(NVL(output_tokens, 0))   AS output_tokens,
  SUM(NVL(token_cost, 0))      AS cost
FROM events
WHERE event_type = 'response_generated' AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3, 4, 5;

-- A percentile cannot be refreshed by what changed, nor added up over days: these are counts in steps of a
-- tenth. Step n holds latencies above 1.1^(n-1) up to 1.1^n ms.
CREATE MATERIALIZED VIEW live_latencies BACKUP NO DISTSTYLE EVEN SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(event_ts AS DATE)                                          AS day,
  tenant_id,
  NVL(model_id, 'unknown')                                        AS model_id,
  CAST(CEIL(LN(GREATEST(latency_ms, 1)) / LN(1.1)) AS INTEGER)    AS latency_step,
  COUNT(*)                                                        AS responses
FROM events
WHERE event_type = 'response_generated' AND latency_ms IS NOT NULL AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3, 4;

CREATE MATERIALIZED VIEW live_guardrails BACKUP NO DISTSTYLE EVEN SORTKEY (day) AUTO REFRESH YES AS
SELECT
  CAST(event_ts AS DATE)                AS day,
  tenant_id,
  NVL(guardrail_rule_id, 'unknown')     AS rule_id,
  NVL(guardrail_action, 'unknown')      AS action,
  NVL(guardrail_severity, 'unknown')    AS severity,
  COUNT(*)                              AS fired
FROM events
WHERE event_type = 'guardrail_fired' AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3, 4, 5;

-- A row for each person and month: persons can be counted without DISTINCT.
CREATE MATERIALIZED VIEW live_people BACKUP NO DISTKEY (person_id) SORTKEY (month) AUTO REFRESH YES AS
SELECT
  CAST(DATE_TRUNC('month', event_ts) AS DATE)  AS month,
  tenant_id,
  NVL(page_section, 'unknown')                 AS section,
  person_id,
  COUNT(*)                                     AS events
FROM events
WHERE person_id IS NOT NULL AND NOT NVL(is_bot, FALSE)
GROUP BY 1, 2, 3, 4;

CREATE TABLE product_history (
  day         DATE          NOT NULL ENCODE RAW,
  tenant_id   VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  product_id  VARCHAR(256)           ENCODE ZSTD,
  viewed      BIGINT        NOT NULL ENCODE AZ64,
  shown       BIGINT        NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

CREATE TABLE funnel_history (
  day                 DATE         NOT NULL ENCODE RAW,
  tenant_id           VARCHAR(64)  NOT NULL ENCODE BYTEDICT,
  channel             VARCHAR(32)  NOT NULL ENCODE BYTEDICT,
  sessions            BIGINT       NOT NULL ENCODE AZ64,
  viewed_product      BIGINT       NOT NULL ENCODE AZ64,
  added_to_cart       BIGINT       NOT NULL ENCODE AZ64,
  started_checkout    BIGINT       NOT NULL ENCODE AZ64,
  purchased           BIGINT       NOT NULL ENCODE AZ64,
  negative            BIGINT       NOT NULL ENCODE AZ64,
  negative_escalated  BIGINT       NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

CREATE TABLE feedback_history (
  day          DATE          NOT NULL ENCODE RAW,
  tenant_id    VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  intent       VARCHAR(512)  NOT NULL ENCODE ZSTD,
  thumbs_up    BIGINT        NOT NULL ENCODE AZ64,
  thumbs_down  BIGINT        NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

CREATE TABLE response_history (
  day            DATE           NOT NULL ENCODE RAW,
  tenant_id      VARCHAR(64)    NOT NULL ENCODE BYTEDICT,
  flow           VARCHAR(256)   NOT NULL ENCODE ZSTD,
  model_id       VARCHAR(512)   NOT NULL ENCODE ZSTD,
  currency       VARCHAR(3)     NOT NULL ENCODE BYTEDICT,
  responses      BIGINT         NOT NULL ENCODE AZ64,
  input_tokens   BIGINT         NOT NULL ENCODE AZ64,
  output_tokens  BIGINT         NOT NULL ENCODE AZ64,
  cost           DECIMAL(38,8)  NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

CREATE TABLE latency_history (
  day           DATE          NOT NULL ENCODE RAW,
  tenant_id     VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  model_id      VARCHAR(512)  NOT NULL ENCODE ZSTD,
  latency_step  INTEGER       NOT NULL ENCODE AZ64,
  responses     BIGINT        NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

CREATE TABLE guardrail_history (
  day        DATE          NOT NULL ENCODE RAW,
  tenant_id  VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  rule_id    VARCHAR(512)  NOT NULL ENCODE ZSTD,
  action     VARCHAR(16)   NOT NULL ENCODE BYTEDICT,
  severity   VARCHAR(16)   NOT NULL ENCODE BYTEDICT,
  fired      BIGINT        NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

-- day is the first of the month. Numbers only: nobody can be found in it.
CREATE TABLE people_history (
  day        DATE          NOT NULL ENCODE RAW,
  tenant_id  VARCHAR(64)   NOT NULL ENCODE BYTEDICT,
  section    VARCHAR(256)  NOT NULL ENCODE ZSTD,
  people     BIGINT        NOT NULL ENCODE AZ64
)
DISTSTYLE EVEN
SORTKEY (day);

CREATE VIEW daily_products AS
SELECT day, tenant_id, product_id, CAST(SUM(viewed) AS BIGINT) AS viewed, CAST(SUM(shown) AS BIGINT) AS shown
FROM (
  SELECT day, tenant_id, product_id, viewed, 0 AS shown FROM live_products_viewed
  WHERE day >= (SELECT MAX(closed_before) FROM report_horizon)
  UNION ALL
  SELECT day, tenant_id, product_id, 0, shown FROM live_products_shown
  WHERE day >= (SELECT MAX(closed_before) FROM report_horizon)
  UNION ALL
  SELECT day, tenant_id, product_id, viewed, shown FROM product_history
) AS parts
GROUP BY day, tenant_id, product_id;

-- Each column counts the sessions that came so far, by the channel through which they came.
CREATE VIEW daily_funnel AS
SELECT
  s.day                                                                            AS day,
  s.tenant_id                                                                      AS tenant_id,
  NVL(c.channel, 'unknown')                                                        AS channel,
  COUNT(*)                                                                         AS sessions,
  CAST(SUM(CASE WHEN s.product_views > 0 THEN 1 ELSE 0 END) AS BIGINT)             AS viewed_product,
  CAST(SUM(CASE WHEN s.carts > 0 THEN 1 ELSE 0 END) AS BIGINT)                     AS added_to_cart,
  CAST(SUM(CASE WHEN s.checkouts > 0 THEN 1 ELSE 0 END) AS BIGINT)                 AS started_checkout,
  CAST(SUM(CASE WHEN s.purchases > 0 THEN 1 ELSE 0 END) AS BIGINT)                 AS purchased,
  CAST(SUM(CASE WHEN s.negatives > 0 THEN 1 ELSE 0 END) AS BIGINT)                 AS negative,
  CAST(SUM(CASE WHEN s.negatives > 0 AND s.escalations > 0 THEN 1 ELSE 0 END) AS BIGINT) AS negative_escalated
FROM live_session_steps AS s
LEFT JOIN sessions AS c ON c.tenant_id = s.tenant_id AND c.session_id = s.session_id
WHERE s.day >= (SELECT MAX(closed_before) FROM report_horizon)
GROUP BY 1, 2, 3
UNION ALL
SELECT
  day, tenant_id, channel, sessions, viewed_product, added_to_cart, started_checkout, purchased, negative,
  negative_escalated
FROM funnel_history;

CREATE VIEW daily_feedback AS
SELECT day, tenant_id, intent, thumbs_up, thumbs_down FROM live_feedback
WHERE day >= (SELECT MAX(closed_before) FROM report_horizon)
UNION ALL
SELECT day, tenant_id, intent, thumbs_up, thumbs_down FROM feedback_history;

CREATE VIEW daily_responses AS
SELECT day, tenant_id, flow, model_id, currency, responses, input_tokens, output_tokens, cost FROM live_responses
WHERE day >= (SELECT MAX(closed_before) FROM report_horizon)
UNION ALL
SELECT day, tenant_id, flow, model_id, currency, responses, input_tokens, output_tokens, cost FROM response_history;

CREATE VIEW daily_latencies AS
SELECT day, tenant_id, model_id, latency_step, responses FROM live_latencies
WHERE day >= (SELECT MAX(closed_before) FROM report_horizon)
UNION ALL
SELECT day, tenant_id, model_id, latency_step, responses FROM latency_history;

CREATE VIEW daily_guardrails AS
SELECT day, tenant_id, rule_id, action, severity, fired FROM live_guardrails
WHERE day >= (SELECT MAX(closed_before) FROM report_horizon)
UNION ALL
SELECT day, tenant_id, rule_id, action, severity, fired FROM guardrail_history;

CREATE VIEW monthly_people AS
SELECT month AS day, tenant_id, section, COUNT(*) AS people FROM live_people
WHERE month >= (SELECT MAX(closed_before) FROM report_horizon)
GROUP BY 1, 2, 3
UNION ALL
SELECT day, tenant_id, section, people FROM people_history;
