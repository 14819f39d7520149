-- CreateEnum
CREATE TYPE "MerchantState" AS ENUM ('APPLIED', 'ADMITTED', 'REJECTED', 'SUSPENDED', 'LEFT');

-- CreateEnum
CREATE TYPE "OfferCategory" AS ENUM ('DAILY_GOODS', 'DINING', 'CLOTHING_BEAUTY', 'TRAINING', 'SERVICE', 'VOLUNTEER');

-- CreateEnum
CREATE TYPE "RedemptionFlow" AS ENUM ('COUNTER', 'SHELF', 'VOUCHER');

-- CreateEnum
CREATE TYPE "RedemptionState" AS ENUM ('ASKED', 'POSTED', 'LAPSED', 'UNDONE', 'REFUNDED');

-- CreateEnum
CREATE TYPE "RefundSide" AS ENUM ('SHOP', 'HOUSEHOLD');

-- CreateEnum
CREATE TYPE "StatementState" AS ENUM ('MADE', 'DISPUTED', 'AGREED', 'PAID', 'CONFIRMED');

-- AlterEnum
ALTER TYPE "AccountKind" ADD VALUE 'MERCHANT';

-- AlterEnum
ALTER TYPE "PostingKind" ADD VALUE 'REDEMPTION';

-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "is_charity" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "state" "MerchantState" NOT NULL DEFAULT 'ADMITTED';

-- CreateTable
CREATE TABLE "alliance_terms" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "reference_fen" INTEGER NOT NULL,
    "settlement_day" INTEGER NOT NULL,
    "once_most" INTEGER,
    "household_month_most" INTEGER,
    "free_most" INTEGER NOT NULL,
    "signed_by_id" UUID NOT NULL,
    "signed_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "ended_by_id" UUID,
    "end_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "alliance_terms_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "offer" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "category" "OfferCategory" NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "points" INTEGER NOT NULL,
    "stock" INTEGER,
    "per_household_month" INTEGER,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,
    "is_open" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "pay_code" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "digits" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "redemption_id" UUID,

    CONSTRAINT "pay_code_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "resident_id" UUID,
    "flow" "RedemptionFlow" NOT NULL,
    "state" "RedemptionState" NOT NULL,
    "offer_id" UUID,
    "voucher_id" UUID,
    "title" TEXT NOT NULL DEFAULT '',
    "points" INTEGER NOT NULL,
    "receipt" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ NOT NULL,
    "posted_at" TIMESTAMPTZ,
    "refund_side" "RefundSide",
    "refund_by_id" UUID,
    "refund_why" TEXT NOT NULL DEFAULT '',
    "ended_at" TIMESTAMPTZ,
    "ended_by_id" UUID,
    "end_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "statement" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "state" "StatementState" NOT NULL DEFAULT 'MADE',
    "cut_off" TIMESTAMPTZ NOT NULL,
    "points" INTEGER NOT NULL,
    "reference_fen" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ NOT NULL,
    "agreed_by_id" UUID,
    "agreed_at" TIMESTAMPTZ,
    "paid_by_id" UUID,
    "paid_at" TIMESTAMPTZ,
    "paid_on" DATE,
    "channel" TEXT NOT NULL DEFAULT '',
    "reference" TEXT NOT NULL DEFAULT '',
    "confirmed_by_id" UUID,
    "confirmed_at" TIMESTAMPTZ,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "statement_line" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "statement_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "disputed_why" TEXT NOT NULL DEFAULT '',
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_by_id" UUID,

    CONSTRAINT "statement_line_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE INDEX "alliance_terms_village_id_merchant_id_idx" ON "alliance_terms"("village_id", "merchant_id");

-- CreateIndex
CREATE INDEX "alliance_terms_merchant_id_idx" ON "alliance_terms"("merchant_id");

-- CreateIndex
CREATE INDEX "offer_village_id_merchant_id_idx" ON "offer"("village_id", "merchant_id");

-- CreateIndex
CREATE INDEX "pay_code_village_id_digits_idx" ON "pay_code"("village_id", "digits");

-- CreateIndex
CREATE INDEX "pay_code_expires_at_idx" ON "pay_code"("expires_at");

-- CreateIndex
CREATE INDEX "redemption_village_id_merchant_id_made_at_idx" ON "redemption"("village_id", "merchant_id", "made_at" DESC);

-- CreateIndex
CREATE INDEX "redemption_village_id_household_id_made_at_idx" ON "redemption"("village_id", "household_id", "made_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "statement_village_id_merchant_id_month_key" ON "statement"("village_id", "merchant_id", "month");

-- CreateIndex
CREATE INDEX "statement_line_village_id_statement_id_idx" ON "statement_line"("village_id", "statement_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_line_village_id_posting_id_key" ON "statement_line"("village_id", "posting_id");

-- AddForeignKey
ALTER TABLE "statement_line" ADD CONSTRAINT "statement_line_village_id_statement_id_fkey" FOREIGN KEY ("village_id", "statement_id") REFERENCES "statement"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
