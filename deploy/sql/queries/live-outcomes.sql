-- Goes on for ever: outcomes in each ten seconds, as they are committed.
SELECT window_start, `outcome`, COUNT(*) AS requests, AVG(`ttft_ms`) AS ttft_mean_ms
FROM TABLE(TUMBLE(TABLE `outcomes`, DESCRIPTOR(`appended_at`), INTERVAL '10' SECOND))
GROUP BY window_start, window_end, `outcome`;
