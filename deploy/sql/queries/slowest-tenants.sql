-- Who waits longest: for each tenant how many requests ended, how many of them completed, and how long those took.
SELECT
  `fairness_id` AS tenant,
  COUNT(*) AS requests,
  COUNT(*) FILTER (WHERE `outcome` = 'Completed') AS completed,
  PERCENTILE(`e2e_ms`, 0.5) AS e2e_p50_ms,
  PERCENTILE(`e2e_ms`, 0.99) AS e2e_p99_ms,
  MAX(`queue_wait_ms`) AS longest_wait_ms
FROM `outcomes` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */
GROUP BY `fairness_id`
ORDER BY e2e_p99_ms DESC
LIMIT 20;
