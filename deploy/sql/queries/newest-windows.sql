-- The windows of inference.sla as they stand: a later value of a window and group replaces the earlier one.
SELECT `window_start`, `window_end`, `scope`, `scope_value`, ended, ttft_p99_ms, joint_attainment, `complete`
FROM (
  SELECT
    `window_start`, `window_end`, `scope`, `scope_value`, `complete`,
    `goodput_requests` AS goodput,
    `e2e`.`count` AS ended,
    `ttft`.`p99_ms` AS ttft_p99_ms,
    CAST(`slo`.`joint_met` AS DOUBLE) / NULLIF(`slo`.`joint_with_target`, 0) AS joint_attainment,
    ROW_NUMBER() OVER (
      PARTITION BY `window_start`, `window_end`, `scope`, `scope_value`
      ORDER BY `emitted_at` DESC, `log_offset` DESC
    ) AS newest
  FROM `sla` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */
)
WHERE newest = 1
ORDER BY `window_start`, `scope`, `scope_value`;
