-- How far the sessions of the last seven days came, by the channel through which they came.
SELECT
  channel,
  SUM(sessions)         AS sessions,
  SUM(viewed_product)   AS viewed_product,
  SUM(added_to_cart)    AS added_to_cart,
  SUM(started_checkout) AS started_checkout,
  SUM(purchased)        AS purchased,
  ROUND(100.0 * SUM(purchased) / SUM(sessions), 2) AS converted_percent
FROM daily_funnel
WHERE day >= :today - 7 AND day < :today AND :tenant
GROUP BY channel
ORDER BY sessions DESC, channel
