-- The ten products that were viewed, or shown by the chatbot, most often.
SELECT tenant_id, product_id, COUNT(*) AS times
FROM (
  SELECT tenant_id, product_id
  FROM events
  WHERE dt BETWEEN ? AND ? AND event_type = 'product_view' AND product_id IS NOT NULL
  UNION ALL
  SELECT shown.tenant_id, products.product_id
  FROM (
    SELECT tenant_id, products_shown
    FROM events
    WHERE dt BETWEEN ? AND ? AND event_type = 'product_shown'
  ) AS shown
  CROSS JOIN UNNEST(
    regexp_extract_all(shown.products_shown, '"product_id"\s*:\s*"([^"]*)"', 1)
  ) AS products (product_id)
) AS seen
GROUP BY tenant_id, product_id
ORDER BY times DESC, tenant_id, product_id
LIMIT 10
