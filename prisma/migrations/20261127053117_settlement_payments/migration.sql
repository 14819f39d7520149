-- CreateEnum
CREATE TYPE "PayChannel" AS ENUM ('BANK', 'CASH', 'WECHAT', 'ALIPAY', 'OTHER', 'OFFSET');

-- CreateEnum
CREATE TYPE "SettlementSide" AS ENUM ('SHOP', 'VILLAGE');

-- AlterTable
ALTER TABLE "pool_entry" ADD COLUMN     "corrects_id" UUID;

-- AlterTable
ALTER TABLE "statement" DROP COLUMN "channel",
DROP COLUMN "paid_at",
DROP COLUMN "paid_by_id",
DROP COLUMN "paid_on",
DROP COLUMN "reference",
DROP COLUMN "slip_photo_id",
ADD COLUMN     "due_on" DATE NOT NULL,
ADD COLUMN     "made_by_id" UUID,
ADD COLUMN     "payment_id" UUID;

-- AlterTable
ALTER TABLE "statement_line" ADD COLUMN     "answered_at" TIMESTAMPTZ,
ADD COLUMN     "disputed_at" TIMESTAMPTZ,
ADD COLUMN     "disputed_by_id" UUID;

-- CreateTable
CREATE TABLE "payment" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "fen" INTEGER NOT NULL,
    "paid_on" DATE NOT NULL,
    "channel" "PayChannel" NOT NULL,
    "reference" TEXT NOT NULL DEFAULT '',
    "slip_photo_id" UUID,
    "replaces_id" UUID,
    "replace_why" TEXT NOT NULL DEFAULT '',
    "paid_by_id" UUID NOT NULL,
    "paid_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "payment_note" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "side" "SettlementSide" NOT NULL,
    "body" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "payment_note_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE INDEX "payment_village_id_merchant_id_idx" ON "payment"("village_id", "merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_village_id_replaces_id_key" ON "payment"("village_id", "replaces_id");

-- CreateIndex
CREATE INDEX "payment_note_village_id_payment_id_at_idx" ON "payment_note"("village_id", "payment_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "pool_entry_village_id_corrects_id_key" ON "pool_entry"("village_id", "corrects_id");

-- CreateIndex
CREATE INDEX "statement_village_id_payment_id_idx" ON "statement"("village_id", "payment_id");

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_village_id_payment_id_fkey" FOREIGN KEY ("village_id", "payment_id") REFERENCES "payment"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_note" ADD CONSTRAINT "payment_note_village_id_payment_id_fkey" FOREIGN KEY ("village_id", "payment_id") REFERENCES "payment"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
