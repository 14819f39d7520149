-- DropIndex
DROP INDEX "kinship_village_id_resident_a_id_resident_b_id_key";

-- AlterTable
ALTER TABLE "kinship" ADD COLUMN     "ended_by_id" UUID;

-- CreateTable
CREATE TABLE "resident_person" (
    "village_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,

    CONSTRAINT "resident_person_pkey" PRIMARY KEY ("village_id","person_id","resident_id","household_id")
);

-- CreateIndex
CREATE INDEX "resident_person_village_id_household_id_idx" ON "resident_person"("village_id", "household_id");

-- CreateIndex
CREATE INDEX "resident_person_village_id_resident_id_idx" ON "resident_person"("village_id", "resident_id");

-- CreateIndex
CREATE INDEX "kinship_village_id_resident_a_id_idx" ON "kinship"("village_id", "resident_a_id");

-- AddForeignKey
ALTER TABLE "resident_person" ADD CONSTRAINT "resident_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resident_person" ADD CONSTRAINT "resident_person_village_id_resident_id_fkey" FOREIGN KEY ("village_id", "resident_id") REFERENCES "resident"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resident_person" ADD CONSTRAINT "resident_person_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who is a resident's person now; of later ones the trigger in prisma/functions/kinship.sql keeps account.
INSERT INTO "resident_person" ("village_id", "person_id", "resident_id", "household_id")
SELECT "village_id", "person_id", "id", "household_id" FROM "resident" WHERE "person_id" IS NOT NULL;
