-- People who were active, by month and section, over the last year.
SELECT
  day         AS month,
  section,
  SUM(people) AS people
FROM monthly_people
WHERE day >= :today - 365 AND day <= :today AND :tenant
GROUP BY day, section
ORDER BY month DESC, people DESC, section
