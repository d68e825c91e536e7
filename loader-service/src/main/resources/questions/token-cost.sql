-- Tokens and their cost by flow, in the last thirty days and today.
SELECT
  flow,
  currency,
  SUM(responses)     AS responses,
  SUM(input_tokens)  AS input_tokens,
  SUM(output_tokens) AS output_tokens,
  SUM(cost)          AS cost
FROM daily_responses
WHERE day >= :today - 30 AND day <= :today AND :tenant
GROUP BY flow, currency
ORDER BY cost DESC, flow
