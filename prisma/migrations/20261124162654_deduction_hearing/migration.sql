-- AlterEnum
ALTER TYPE "AttachedTo" ADD VALUE 'ANSWER';

-- AlterEnum
ALTER TYPE "DecisionKind" ADD VALUE 'OVERTURN';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "DeductionStepKind" ADD VALUE 'OBJECT';
ALTER TYPE "DeductionStepKind" ADD VALUE 'WITHDRAW_OBJECTION';

-- AlterTable
ALTER TABLE "deduction" ADD COLUMN     "days_left" INTEGER;
