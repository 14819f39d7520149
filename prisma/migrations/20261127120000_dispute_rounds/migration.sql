-- AlterTable
ALTER TABLE "statement_line" ADD COLUMN     "first_answer" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "first_answered_at" TIMESTAMPTZ,
ADD COLUMN     "first_answered_by_id" UUID,
ADD COLUMN     "first_at" TIMESTAMPTZ,
ADD COLUMN     "first_by_id" UUID,
ADD COLUMN     "first_why" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ,
ADD COLUMN     "withdrawn_by_id" UUID;
