-- Tokens and cost of the responses of each flow.
SELECT
  tenant_id,
  COALESCE(chat_flow, 'unknown') AS chat_flow,
  currency,
  COUNT(*) AS responses,
  SUM(input_tokens) AS input_tokens,
  SUM(output_tokens) AS output_tokens,
  SUM(token_cost) AS token_cost
FROM events
WHERE dt BETWEEN ? AND ? AND event_type = 'response_generated'
GROUP BY tenant_id, COALESCE(chat_flow, 'unknown'), currency
ORDER BY tenant_id, chat_flow, currency
