-- The ten products that were shown or viewed most yesterday.
SELECT
  product_id,
  SUM(viewed + shown) AS seen,
  SUM(viewed)         AS viewed,
  SUM(shown)          AS shown
FROM daily_products
WHERE day = :today - 1 AND :tenant
GROUP BY product_id
ORDER BY seen DESC, product_id
LIMIT 10
