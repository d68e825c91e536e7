-- P50 and P95 of the response latency by model, in milliseconds, over the last seven days and today.
SELECT
  model_id,
  COUNT(*) AS responses,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY latency_ms)  AS p50_ms,
  PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95_ms
FROM chatbot_events
WHERE event_type = 'response_generated' AND latency_ms IS NOT NULL
  AND created_at >= :today - 7 AND created_at < :today + 1 AND :tenant
GROUP BY model_id
ORDER BY p95_ms DESC, model_id
