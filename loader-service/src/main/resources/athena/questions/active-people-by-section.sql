-- How many people viewed a page of each section; for a month, its first and last day.
SELECT tenant_id, COALESCE(page_section, 'unknown') AS page_section, COUNT(DISTINCT person_id) AS people
FROM events
WHERE dt BETWEEN ? AND ? AND event_type = 'page_view'
GROUP BY tenant_id, COALESCE(page_section, 'unknown')
ORDER BY tenant_id, page_section
