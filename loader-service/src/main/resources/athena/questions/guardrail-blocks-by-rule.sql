-- How often each rule of the guardrails fired, and how often it blocked.
SELECT
  tenant_id,
  guardrail_rule_id,
  COUNT(*) AS fired,
  SUM(CASE WHEN guardrail_action = 'blocked' THEN 1 ELSE 0 END) AS blocked
FROM events
WHERE dt BETWEEN ? AND ? AND event_type = 'guardrail_fired'
GROUP BY tenant_id, guardrail_rule_id
ORDER BY tenant_id, guardrail_rule_id
