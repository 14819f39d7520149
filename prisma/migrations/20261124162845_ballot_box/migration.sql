-- AlterEnum
ALTER TYPE "RulebookState" ADD VALUE 'DROPPED';

-- DropForeignKey
ALTER TABLE "ballot_vote" DROP CONSTRAINT "ballot_vote_village_id_ballot_id_fkey";

-- AlterTable
ALTER TABLE "rulebook_version" ADD COLUMN     "dropped_why" TEXT NOT NULL DEFAULT '';

-- DropTable
DROP TABLE "ballot_vote";

-- DropEnum
DROP TYPE "VoteChoice";

-- CreateTable
CREATE TABLE "ballot_box" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ballot_id" UUID NOT NULL,
    "votes_for" INTEGER NOT NULL DEFAULT 0,
    "votes_against" INTEGER NOT NULL DEFAULT 0,
    "abstained" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ballot_box_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ballot_box_village_id_ballot_id_key" ON "ballot_box"("village_id", "ballot_id");

-- AddForeignKey
ALTER TABLE "ballot_box" ADD CONSTRAINT "ballot_box_village_id_ballot_id_fkey" FOREIGN KEY ("village_id", "ballot_id") REFERENCES "ballot"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
