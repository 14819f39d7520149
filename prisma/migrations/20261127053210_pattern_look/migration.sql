-- CreateEnum
CREATE TYPE "PatternKind" AS ENUM ('PAIR', 'UNDONE', 'NIGHT', 'ROUND', 'OWN');

-- CreateTable
CREATE TABLE "pattern_look" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "household_id" UUID,
    "kind" "PatternKind" NOT NULL,
    "is_office" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,
    "out_of" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "pattern_look_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE INDEX "pattern_look_village_id_merchant_id_kind_idx" ON "pattern_look"("village_id", "merchant_id", "kind");
