-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "AttachedTo" ADD VALUE 'CONSENT';
ALTER TYPE "AttachedTo" ADD VALUE 'CONSENT_WITHDRAWN';

-- AlterEnum
ALTER TYPE "GoneWhy" ADD VALUE 'VOIDED';

-- AlterTable
ALTER TABLE "consent" ADD COLUMN     "recorder_id" UUID,
ADD COLUMN     "signer_id" UUID,
ADD COLUMN     "withdrawn_recorder_id" UUID,
ADD COLUMN     "withdrawn_signer_id" UUID,
ALTER COLUMN "given_by_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "place_check_void" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "check_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "voided_by_id" UUID NOT NULL,
    "voided_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "place_check_void_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "place_check_void_village_id_check_id_key" ON "place_check_void"("village_id", "check_id");

-- AddForeignKey
ALTER TABLE "place_check_void" ADD CONSTRAINT "place_check_void_village_id_check_id_fkey" FOREIGN KEY ("village_id", "check_id") REFERENCES "place_check"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
