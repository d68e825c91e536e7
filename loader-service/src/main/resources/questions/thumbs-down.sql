-- The share of thumbs down by intent, since Monday.
SELECT
  intent,
  SUM(thumbs_down)             AS thumbs_down,
  SUM(thumbs_up + thumbs_down) AS ratings,
  ROUND(100.0 * SUM(thumbs_down) / SUM(thumbs_up + thumbs_down), 2) AS thumbs_down_percent
FROM daily_feedback
WHERE day >= CAST(DATE_TRUNC('week', :today) AS DATE) AND day <= :today AND :tenant
GROUP BY intent
HAVING SUM(thumbs_up + thumbs_down) > 0
ORDER BY thumbs_down_percent DESC, intent
