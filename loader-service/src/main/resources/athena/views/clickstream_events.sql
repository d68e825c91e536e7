CREATE OR REPLACE VIEW clickstream_events AS
SELECT
  event_id,
  tenant_id,
  session_id,
  person_id        AS customer_id,
  event_type,
  page_url,
  page_path,
  page_title,
  page_section,
  campaign_source,
  campaign_medium,
  campaign_name,
  device_class,
  is_bot,
  search_query,
  search_results_count,
  product_id,
  product_name,
  product_category,
  product_price,
  product_quantity,
  products,
  cart_id,
  cart_value,
  order_id,
  CASE WHEN event_type = 'purchase' THEN order_total END AS revenue,
  currency,
  event_ts         AS created_at,
  dt,
  hour
FROM events
WHERE event_type IN (
  'page_view', 'product_view', 'add_to_cart', 'remove_from_cart', 'checkout_started', 'purchase', 'search',
  'identify', 'video_start', 'video_complete', 'ad_impression', 'ad_click', 'error'
)
