-- How often each guardrail fired and blocked in the last seven days and today.
SELECT
  rule_id,
  SUM(CASE WHEN action = 'blocked' THEN fired ELSE 0 END) AS blocked,
  SUM(fired)                                              AS fired
FROM daily_guardrails
WHERE day >= :today - 7 AND day <= :today AND :tenant
GROUP BY rule_id
ORDER BY blocked DESC, rule_id
