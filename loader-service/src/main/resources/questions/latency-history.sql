-- P95 of the response latency by model and month, as far back as there are figures; right to a tenth.
SELECT
  month,
  model_id,
  MAX(of_month)                                                                 AS responses,
  CAST(MIN(CASE WHEN up_to >= 0.95 * of_month THEN POWER(1.1, latency_step) END) AS INTEGER) AS p95_ms
FROM (
  SELECT
    month,
    model_id,
    latency_step,
    SUM(responses) OVER (PARTITION BY month, model_id ORDER BY latency_step ROWS UNBOUNDED PRECEDING) AS up_to,
    SUM(responses) OVER (PARTITION BY month, model_id) AS of_month
  FROM (
    SELECT
      CAST(DATE_TRUNC('month', day) AS DATE) AS month,
      model_id,
      latency_step,
      SUM(responses)                         AS responses
    FROM daily_latencies
    WHERE day <= :today AND :tenant
    GROUP BY 1, 2, 3
  ) AS steps
) AS sums
GROUP BY month, model_id
ORDER BY month DESC, model_id
