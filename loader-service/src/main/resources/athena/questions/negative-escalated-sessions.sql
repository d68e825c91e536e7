-- The sessions in which somebody was negative and the conversation was escalated.
SELECT tenant_id, session_id, MIN(event_ts) AS began, COUNT(*) AS chatbot_events
FROM events
WHERE dt BETWEEN ? AND ? AND session_id IS NOT NULL AND event_type IN (
  'message_sent', 'intent_classified', 'response_generated', 'product_shown', 'feedback_given',
  'escalation_triggered', 'guardrail_fired'
)
GROUP BY tenant_id, session_id
HAVING MAX(CASE WHEN sentiment = 'negative' THEN 1 ELSE 0 END) = 1
  AND MAX(CASE WHEN event_type = 'escalation_triggered' THEN 1 ELSE 0 END) = 1
ORDER BY began, tenant_id, session_id
