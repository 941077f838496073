-- Why promises were broken: requests that carried a target and missed one, by how they ended and which target it was.
SELECT
  `outcome`,
  COALESCE(`error_code`, '') AS error_code,
  COUNT(*) AS missed,
  COUNT(*) FILTER (WHERE `ttft_ms` > `slo_ttft_ms`) AS first_token_late,
  COUNT(*) FILTER (WHERE `tpot_ms` > `slo_tpot_ms`) AS tokens_slow,
  COUNT(*) FILTER (WHERE `e2e_ms` > `slo_e2e_ms`) AS end_late,
  MIN(`settled_at`) AS since
FROM `outcomes` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */
WHERE `slo_met` = FALSE
GROUP BY `outcome`, COALESCE(`error_code`, '')
ORDER BY missed DESC;
