-- AlterTable
ALTER TABLE "resolution" ADD COLUMN     "recorded_at" TIMESTAMPTZ;
