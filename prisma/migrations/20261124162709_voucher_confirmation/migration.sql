-- DropIndex
DROP INDEX "voucher_batch_village_id_list_id_buys_key";

-- AlterTable
ALTER TABLE "voucher_batch" ADD COLUMN     "confirmed_at" TIMESTAMPTZ,
ADD COLUMN     "confirmed_by_id" UUID,
ADD COLUMN     "dropped_at" TIMESTAMPTZ,
ADD COLUMN     "dropped_by_id" UUID,
ADD COLUMN     "dropped_why" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "is_whole" BOOLEAN NOT NULL;

-- CreateIndex
CREATE INDEX "voucher_batch_village_id_list_id_idx" ON "voucher_batch"("village_id", "list_id");
