-- AlterTable
ALTER TABLE "deduction" ADD COLUMN     "hearer_ids" UUID[],
ADD COLUMN     "hearer_role" "Role",
ADD COLUMN     "said_due_on" DATE,
ADD COLUMN     "said_risen_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "kinship" ADD COLUMN     "declared_by_id" UUID;

-- AlterTable
ALTER TABLE "objection" ADD COLUMN     "hearer_ids" UUID[],
ADD COLUMN     "hearer_role" "Role";

-- What was said already and waits is due seven days after it was said, as where no rulebook says otherwise.
ALTER TABLE "deduction" DISABLE TRIGGER USER;
UPDATE "deduction" SET "said_due_on" = ((CASE WHEN "state" = 'POSTED' THEN "repair_claimed_at" ELSE "answered_at" END)
  AT TIME ZONE 'Asia/Shanghai')::date + 7
WHERE ("state" = 'POSTED' AND "repair_claimed_at" IS NOT NULL)
   OR ("state" = 'CONTESTED' AND "answered_at" IS NOT NULL AND NOT EXISTS (
     SELECT FROM "objection" o WHERE o."village_id" = "deduction"."village_id" AND o."subject_kind" = 'DEDUCTION'
       AND o."subject" = "deduction"."id" AND o."state" = 'OPEN'));
ALTER TABLE "deduction" ENABLE TRIGGER USER;
