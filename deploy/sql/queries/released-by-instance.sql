-- What instances gave back and why: many of one reason at one instance is a machine to look at.
SELECT `instance_id`, `reason`, COUNT(*) AS released, MAX(`decided_at`) AS last_time
FROM `decisions` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */
WHERE `kind` = 'RELEASE'
GROUP BY `instance_id`, `reason`
ORDER BY released DESC;
