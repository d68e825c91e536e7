-- What people read: clicks in one view, conversations in another, and how long loading took.
CREATE VIEW clickstream_events AS
SELECT
  event_id,
  tenant_id,
  session_id,
  person_id        AS customer_id,
  event_type,
  page_url,
  page_path,
  page_title,
  page_section,
  campaign_source,
  campaign_medium,
  campaign_name,
  device_class,
  is_bot,
  search_query,
  search_results_count,
  product_id,
  product_name,
  product_category,
  product_price,
  product_quantity,
  products,
  cart_id,
  cart_value,
  order_id,
  CASE WHEN event_type = 'purchase' THEN order_total END AS revenue,
  currency,
  event_ts         AS created_at
FROM events
WHERE event_type IN (
  'page_view', 'product_view', 'add_to_cart', 'remove_from_cart', 'checkout_started', 'purchase', 'search',
  'identify', 'video_start', 'video_complete', 'ad_impression', 'ad_click', 'error'
);

CREATE VIEW chatbot_events AS
SELECT
  event_id,
  tenant_id,
  session_id,
  person_id        AS customer_id,
  conversation_id,
  message_id,
  event_type,
  intent,
  intent_confidence,
  message_text,
  response_text,
  products_shown,
  latency_ms,
  model_id,
  input_tokens,
  output_tokens,
  token_cost,
  chat_flow,
  feedback,
  escalation_reason,
  guardrail_rule_id,
  guardrail_severity,
  guardrail_action,
  sentiment,
  event_ts         AS created_at
FROM events
WHERE event_type IN (
  'message_sent', 'intent_classified', 'response_generated', 'product_shown', 'feedback_given',
  'escalation_triggered', 'guardrail_fired'
);

-- From receipt to queryable, for each event. A batch gives all its rows one loaded_ts of its own.
CREATE VIEW load_latency AS
SELECT
  e.tenant_id,
  e.event_id,
  e.received_ts,
  NVL(b.committed_ts, b.loaded_ts) AS queryable_ts,
  DATEDIFF(millisecond, e.received_ts, NVL(b.committed_ts, b.loaded_ts)) AS latency_ms
FROM events e
JOIN load_batches b ON b.loaded_ts = e.loaded_ts;
