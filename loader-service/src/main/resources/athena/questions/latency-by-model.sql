-- The latency that 95 of 100 responses of each model kept, exactly, in milliseconds.
SELECT
  tenant_id,
  model_id,
  COUNT(*) AS responses,
  MIN(CASE WHEN place >= 0.95 * of_all THEN latency_ms END) AS p95_latency_ms
FROM (
  SELECT
    tenant_id,
    model_id,
    latency_ms,
    ROW_NUMBER() OVER (PARTITION BY tenant_id, model_id ORDER BY latency_ms) AS place,
    COUNT(*) OVER (PARTITION BY tenant_id, model_id) AS of_all
  FROM events
  WHERE dt BETWEEN ? AND ? AND event_type = 'response_generated' AND latency_ms IS NOT NULL
) AS ranked
GROUP BY tenant_id, model_id
ORDER BY tenant_id, model_id
