-- CreateTable
CREATE TABLE "unstated_posting" (
    "village_id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,

    CONSTRAINT "unstated_posting_pkey" PRIMARY KEY ("village_id","merchant_id","posting_id")
);

-- what was taken before this table was there
INSERT INTO "unstated_posting" ("village_id", "merchant_id", "posting_id")
SELECT p.village_id, a.id, p.id
FROM posting p
JOIN account a ON a.village_id = p.village_id AND a.kind = 'MERCHANT'
    AND a.id = CASE WHEN p.kind = 'REVERSAL' THEN p.debit_id ELSE p.credit_id END
WHERE p.kind IN ('REDEMPTION', 'REVERSAL') AND p.points <> 0
  AND NOT EXISTS (SELECT 1 FROM statement_line l WHERE l.village_id = p.village_id AND l.posting_id = p.id);
