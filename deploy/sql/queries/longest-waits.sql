-- The requests that waited longest, and what decided about them: place in the queue when they were sent, policy, reason.
SELECT
  o.`fairness_id` AS tenant,
  o.`request_id`,
  o.`queue_wait_ms`,
  o.`outcome`,
  d.`instance_id`,
  d.`policy`,
  d.`queue_position`,
  d.`queue_length`,
  d.`reason`
FROM `outcomes` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */ AS o
LEFT JOIN `decisions` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */ AS d
  ON d.`fairness_id` = o.`fairness_id` AND d.`request_id` = o.`request_id`
  AND d.`attempt` = o.`attempt` AND d.`kind` = 'DISPATCH'
WHERE o.`queue_wait_ms` IS NOT NULL
ORDER BY o.`queue_wait_ms` DESC
LIMIT 20;
