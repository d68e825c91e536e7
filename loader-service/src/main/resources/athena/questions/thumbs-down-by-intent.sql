-- How much of the feedback on each intent was a thumb down.
SELECT
  tenant_id,
  COALESCE(intent, 'unknown') AS intent,
  COUNT(*) AS answers,
  SUM(CASE WHEN feedback = 'down' THEN 1 ELSE 0 END) AS thumbs_down,
  CAST(SUM(CASE WHEN feedback = 'down' THEN 1 ELSE 0 END) AS DOUBLE PRECISION) / COUNT(*)
    AS thumbs_down_rate
FROM events
WHERE dt BETWEEN ? AND ? AND event_type = 'feedback_given'
GROUP BY tenant_id, COALESCE(intent, 'unknown')
ORDER BY tenant_id, intent
