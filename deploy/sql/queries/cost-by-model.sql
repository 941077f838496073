-- What each model cost, by the tokens it read and made, at prices per million tokens. Put your own prices in.
WITH prices (model, input_price, output_price) AS (
  VALUES ('sim', 0.10, 0.40), ('llama-70b', 0.60, 0.80)
)
SELECT
  o.`model`,
  COUNT(*) AS requests,
  SUM(o.`input_tokens`) AS input_tokens,
  SUM(o.`output_tokens`) AS output_tokens,
  SUM(o.`input_tokens` * p.input_price + o.`output_tokens` * p.output_price) / 1000000 AS cost
FROM `outcomes` /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */ AS o
LEFT JOIN prices AS p ON p.model = o.`model`
WHERE o.`outcome` = 'Completed'
GROUP BY o.`model`
ORDER BY cost DESC;
