-- Of the sessions of each channel: how many came to view a product, to a cart, to the checkout, to a purchase.
SELECT
  tenant_id,
  channel,
  COUNT(*) AS sessions,
  SUM(viewed) AS viewed,
  SUM(carted) AS carted,
  SUM(checked_out) AS checked_out,
  SUM(purchased) AS purchased
FROM (
  SELECT
    tenant_id,
    session_id,
    COALESCE(
      MAX(CASE WHEN is_session_entry THEN traffic_channel END), MIN(traffic_channel), 'unknown'
    ) AS channel,
    MAX(CASE WHEN event_type = 'product_view' THEN 1 ELSE 0 END) AS viewed,
    MAX(CASE WHEN event_type = 'add_to_cart' THEN 1 ELSE 0 END) AS carted,
    MAX(CASE WHEN event_type = 'checkout_started' THEN 1 ELSE 0 END) AS checked_out,
    MAX(CASE WHEN event_type = 'purchase' THEN 1 ELSE 0 END) AS purchased
  FROM events
  WHERE dt BETWEEN ? AND ? AND session_id IS NOT NULL
  GROUP BY tenant_id, session_id
) AS by_session
GROUP BY tenant_id, channel
ORDER BY tenant_id, channel
