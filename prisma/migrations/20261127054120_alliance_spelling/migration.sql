-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "spelling" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "offer" ADD COLUMN     "spelling" TEXT NOT NULL DEFAULT '';

-- Merchants of before there were applications: their owner is the first of their people, and their way so far two steps.
UPDATE "merchant" m SET "owner_id" = (
  SELECT a."person_id" FROM "appointment" a WHERE a."merchant_id" = m."id" AND a."role" = 'MERCHANT' AND a."until_day" IS NULL
  ORDER BY a."from_day", a."created_at", a."id" LIMIT 1
) WHERE m."owner_id" IS NULL AND m."state" IN ('ADMITTED', 'SUSPENDED');

INSERT INTO "merchant_step" ("id", "merchant_id", "state", "at")
SELECT gen_random_uuid(), m."id", 'APPLIED', m."created_at" FROM "merchant" m
WHERE NOT EXISTS (SELECT 1 FROM "merchant_step" s WHERE s."merchant_id" = m."id");

INSERT INTO "merchant_step" ("id", "merchant_id", "state", "why", "by_id", "at")
SELECT gen_random_uuid(), m."id", m."state", '原有', coalesce(
    (SELECT a."person_id" FROM "appointment" a WHERE a."township_id" = m."township_id" AND a."role" = 'TOWNSHIP' ORDER BY a."created_at", a."id" LIMIT 1),
    m."owner_id"), m."created_at" + interval '1 second'
FROM "merchant" m WHERE m."state" <> 'APPLIED' AND m."owner_id" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "merchant_step" s WHERE s."merchant_id" = m."id" AND s."state" <> 'APPLIED');
