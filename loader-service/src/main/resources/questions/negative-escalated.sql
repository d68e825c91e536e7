-- Sessions of the last seven days and today that were negative and escalated.
SELECT
  day,
  tenant_id,
  session_id,
  negatives,
  escalations
FROM live_session_steps
WHERE negatives > 0 AND escalations > 0 AND day >= :today - 7 AND day <= :today AND :tenant
ORDER BY day DESC, tenant_id, session_id
