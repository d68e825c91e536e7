CREATE OR REPLACE VIEW chatbot_events AS
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
  event_ts         AS created_at,
  dt,
  hour
FROM events
WHERE event_type IN (
  'message_sent', 'intent_classified', 'response_generated', 'product_shown', 'feedback_given',
  'escalation_triggered', 'guardrail_fired'
)
