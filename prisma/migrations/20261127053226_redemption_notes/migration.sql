-- AlterTable
ALTER TABLE "redemption" ADD COLUMN     "end_note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "refund_note" TEXT NOT NULL DEFAULT '';
