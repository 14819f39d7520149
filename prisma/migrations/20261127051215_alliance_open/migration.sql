-- CreateEnum
CREATE TYPE "MerchantPhotoPurpose" AS ENUM ('FRONT', 'OFFER', 'SLIP', 'DOCUMENT');

-- CreateEnum
CREATE TYPE "IncentiveKind" AS ENUM ('HONOUR', 'RENT', 'TAX', 'SUBSIDY', 'PLACE');

-- CreateEnum
CREATE TYPE "PoolSource" AS ENUM ('GRANT', 'COLLECTIVE', 'SPONSOR', 'CORRECTION');

-- AlterEnum
ALTER TYPE "AccountKind" ADD VALUE 'HOLD';

-- AlterEnum
ALTER TYPE "PostingKind" ADD VALUE 'HOLD';

-- AlterEnum
ALTER TYPE "RedemptionFlow" ADD VALUE 'ORDER';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "RedemptionState" ADD VALUE 'HELD';
ALTER TYPE "RedemptionState" ADD VALUE 'VOIDED';
ALTER TYPE "RedemptionState" ADD VALUE 'EXPIRED';

-- DropIndex
DROP INDEX "statement_village_id_merchant_id_month_key";

-- AlterTable
ALTER TABLE "alliance_terms" ADD COLUMN     "accepted_at" TIMESTAMPTZ,
ADD COLUMN     "accepted_by_id" UUID,
ADD COLUMN     "near_group_id" UUID;

-- AlterTable
ALTER TABLE "household" ADD COLUMN     "free_most" INTEGER;

-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "contact_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "contact_phone" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "front_photo_id" UUID,
ADD COLUMN     "owner_id" UUID,
ALTER COLUMN "state" SET DEFAULT 'APPLIED';

-- AlterTable
ALTER TABLE "offer" ADD COLUMN     "photo_id" UUID;

-- AlterTable
ALTER TABLE "redemption" ADD COLUMN     "asked_points" INTEGER NOT NULL,
ADD COLUMN     "held_until" TIMESTAMPTZ,
ADD COLUMN     "reference_fen" INTEGER NOT NULL;

-- AlterTable
ALTER TABLE "statement" DROP COLUMN "reference_fen",
ADD COLUMN     "fen" INTEGER NOT NULL,
ADD COLUMN     "number" INTEGER NOT NULL,
ADD COLUMN     "slip_photo_id" UUID;

-- AlterTable
ALTER TABLE "statement_line" ADD COLUMN     "fen" INTEGER NOT NULL;

-- CreateTable
CREATE TABLE "merchant_step" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "state" "MerchantState" NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "by_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "merchant_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merchant_photo" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "purpose" "MerchantPhotoPurpose" NOT NULL,
    "village_id" UUID,
    "uploaded_by_id" UUID,
    "source_hash" TEXT NOT NULL,
    "large_hash" TEXT NOT NULL,
    "small_hash" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "merchant_photo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop_day" (
    "merchant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "other_sales" INTEGER NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "shop_day_pkey" PRIMARY KEY ("merchant_id","day")
);

-- CreateTable
CREATE TABLE "incentive" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "village_id" UUID,
    "kind" "IncentiveKind" NOT NULL,
    "title" TEXT NOT NULL,
    "amount_fen" INTEGER,
    "from_day" DATE NOT NULL,
    "until_day" DATE,
    "note" TEXT NOT NULL DEFAULT '',
    "photo_id" UUID,
    "code" TEXT,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "revoked_by_id" UUID,
    "revoked_at" TIMESTAMPTZ,
    "revoke_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "incentive_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pool_entry" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source" "PoolSource" NOT NULL,
    "fen" INTEGER NOT NULL,
    "on_day" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "pool_entry_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "alliance_brake" (
    "village_id" UUID NOT NULL,
    "pool_least_fen" INTEGER,
    "stopped_at" TIMESTAMPTZ,
    "stop_why" TEXT NOT NULL DEFAULT '',
    "changed_by_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "alliance_brake_pkey" PRIMARY KEY ("village_id")
);

-- CreateIndex
CREATE INDEX "merchant_step_merchant_id_at_idx" ON "merchant_step"("merchant_id", "at");

-- CreateIndex
CREATE INDEX "merchant_photo_merchant_id_purpose_idx" ON "merchant_photo"("merchant_id", "purpose");

-- CreateIndex
CREATE INDEX "merchant_photo_large_hash_idx" ON "merchant_photo" USING HASH ("large_hash");

-- CreateIndex
CREATE INDEX "merchant_photo_small_hash_idx" ON "merchant_photo" USING HASH ("small_hash");

-- CreateIndex
CREATE UNIQUE INDEX "incentive_code_key" ON "incentive"("code");

-- CreateIndex
CREATE INDEX "incentive_merchant_id_idx" ON "incentive"("merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_village_id_merchant_id_month_number_key" ON "statement"("village_id", "merchant_id", "month", "number");

-- AddForeignKey
ALTER TABLE "merchant_step" ADD CONSTRAINT "merchant_step_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant_photo" ADD CONSTRAINT "merchant_photo_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shop_day" ADD CONSTRAINT "shop_day_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incentive" ADD CONSTRAINT "incentive_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
