-- CreateEnum
CREATE TYPE "DeductionState" AS ENUM ('RECORDED', 'WARNED', 'PROPOSED', 'NOTICED', 'CONTESTED', 'POSTED', 'RESTORED', 'OVERTURNED', 'DROPPED');

-- CreateEnum
CREATE TYPE "DeductionStepKind" AS ENUM ('RECORD', 'WARN', 'FOUND_MENDED', 'PROPOSE', 'APPROVE', 'REFUSE', 'ANSWER', 'HEARD_UPHELD', 'HEARD_REJECTED', 'POST', 'CLAIM_REPAIR', 'CONFIRM_REPAIR', 'REFUSE_REPAIR', 'OVERTURN');

-- CreateEnum
CREATE TYPE "ListKind" AS ENUM ('RED', 'BLACK');

-- CreateEnum
CREATE TYPE "ListSubject" AS ENUM ('HOUSEHOLD', 'RESIDENT', 'PLACE');

-- CreateEnum
CREATE TYPE "ListState" AS ENUM ('DRAFT', 'CHECKED', 'PUBLICITY', 'FINAL', 'EXPIRED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "ListRowState" AS ENUM ('STANDING', 'SUSPENDED', 'GONE');

-- CreateEnum
CREATE TYPE "GoneWhy" AS ENUM ('REPAIRED', 'UPHELD', 'REVERSED', 'EXEMPT');

-- CreateEnum
CREATE TYPE "PlaceKind" AS ENUM ('ROAD', 'RIVER', 'SQUARE', 'OTHER');

-- CreateEnum
CREATE TYPE "DocumentKind" AS ENUM ('HTML', 'PNG', 'POSTER_A3', 'POSTER_A4', 'PDF_A3', 'PDF_A4');

-- CreateEnum
CREATE TYPE "ObjectionSubject" AS ENUM ('DEED', 'DEDUCTION', 'POSTING', 'LIST_ROW');

-- CreateEnum
CREATE TYPE "ObjectionState" AS ENUM ('OPEN', 'UPHELD', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "PeriodState" AS ENUM ('PUBLICITY', 'LOCKED');

-- CreateEnum
CREATE TYPE "AttachedTo" AS ENUM ('DEDUCTION', 'RECHECK', 'REPAIR', 'OBJECTION', 'RESOLUTION', 'PLACE_CHECK');

-- CreateEnum
CREATE TYPE "VoucherState" AS ENUM ('ISSUED', 'REDEEMED', 'EXPIRED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "YearEndPolicy" AS ENUM ('CLEAR', 'CARRY', 'CARRY_UP_TO');

-- CreateEnum
CREATE TYPE "ListAudience" AS ENUM ('VILLAGE', 'EVERYONE');

-- CreateEnum
CREATE TYPE "VoteUnit" AS ENUM ('ADULT', 'HOUSEHOLD', 'REPRESENTATIVE');

-- CreateEnum
CREATE TYPE "VoteChannel" AS ENUM ('PHONE', 'HALL');

-- CreateEnum
CREATE TYPE "VoteChoice" AS ENUM ('FOR', 'AGAINST', 'ABSTAIN');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "PostingKind" ADD VALUE 'YEAR_CLOSE';
ALTER TYPE "PostingKind" ADD VALUE 'YEAR_CARRY';

-- AlterTable
ALTER TABLE "resolution" ADD COLUMN     "minutes_id" UUID,
ADD COLUMN     "recorded_by_id" UUID,
ADD COLUMN     "unit" "VoteUnit" NOT NULL DEFAULT 'ADULT';

-- AlterTable
ALTER TABLE "rulebook_version" ADD COLUMN     "answer_days" INTEGER NOT NULL DEFAULT 7,
ADD COLUMN     "black_audience" "ListAudience" NOT NULL DEFAULT 'VILLAGE',
ADD COLUMN     "black_days" INTEGER NOT NULL DEFAULT 90,
ADD COLUMN     "black_list_on" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "black_threshold" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "drafted_by_id" UUID,
ADD COLUMN     "drafted_from" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "hearing_from" TIMESTAMPTZ,
ADD COLUMN     "hearing_until" TIMESTAMPTZ,
ADD COLUMN     "objection_days" INTEGER NOT NULL DEFAULT 7,
ADD COLUMN     "outstanding_most" INTEGER,
ADD COLUMN     "publicity_days" INTEGER NOT NULL DEFAULT 7,
ADD COLUMN     "red_days" INTEGER NOT NULL DEFAULT 365,
ADD COLUMN     "red_threshold" INTEGER,
ADD COLUMN     "red_top" INTEGER DEFAULT 10,
ADD COLUMN     "reference_fen" INTEGER NOT NULL DEFAULT 100,
ADD COLUMN     "star_thresholds" INTEGER[] DEFAULT ARRAY[10, 20, 40, 60, 100]::INTEGER[],
ADD COLUMN     "warning_days" INTEGER NOT NULL DEFAULT 7,
ADD COLUMN     "year_end_carry_most" INTEGER,
ADD COLUMN     "year_end_policy" "YearEndPolicy" NOT NULL DEFAULT 'CARRY';

-- AlterTable
ALTER TABLE "village" ADD COLUMN     "ballot_unit" "VoteUnit" NOT NULL DEFAULT 'HOUSEHOLD',
ADD COLUMN     "majority_percent" INTEGER NOT NULL DEFAULT 50,
ADD COLUMN     "quorum_adults_percent" INTEGER NOT NULL DEFAULT 50,
ADD COLUMN     "quorum_households_of3" INTEGER NOT NULL DEFAULT 2,
ADD COLUMN     "quorum_representatives_of3" INTEGER NOT NULL DEFAULT 2,
ADD COLUMN     "representatives" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "deduction" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "resident_id" UUID,
    "version_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "state" "DeductionState" NOT NULL DEFAULT 'RECORDED',
    "seen_on" DATE NOT NULL,
    "seen_by" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "warned_at" TIMESTAMPTZ,
    "warned_how" TEXT NOT NULL DEFAULT '',
    "recheck_on" DATE,
    "proposed_by_id" UUID,
    "proposed_at" TIMESTAMPTZ,
    "approved_by_id" UUID,
    "noticed_at" TIMESTAMPTZ,
    "noticed_how" TEXT NOT NULL DEFAULT '',
    "answer_until" DATE,
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_at" TIMESTAMPTZ,
    "posted_at" TIMESTAMPTZ,
    "points" INTEGER NOT NULL,
    "repair_claimed_at" TIMESTAMPTZ,
    "repair_note" TEXT NOT NULL DEFAULT '',
    "ended_at" TIMESTAMPTZ,
    "end_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "deduction_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "deduction_step" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "deduction_id" UUID NOT NULL,
    "kind" "DeductionStepKind" NOT NULL,
    "person_id" UUID,
    "reason" TEXT NOT NULL DEFAULT '',
    "done_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "deduction_step_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "village_list" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "ListKind" NOT NULL,
    "subject" "ListSubject" NOT NULL,
    "period" TEXT NOT NULL,
    "version_id" UUID NOT NULL,
    "state" "ListState" NOT NULL DEFAULT 'DRAFT',
    "as_of" TIMESTAMPTZ NOT NULL,
    "top" INTEGER,
    "threshold" INTEGER,
    "audience" "ListAudience" NOT NULL DEFAULT 'EVERYONE',
    "drafted_by_id" UUID NOT NULL,
    "drafted_at" TIMESTAMPTZ NOT NULL,
    "checked_by_id" UUID,
    "checked_at" TIMESTAMPTZ,
    "published_by_id" UUID,
    "public_from" DATE,
    "public_until" DATE,
    "final_at" TIMESTAMPTZ,
    "expires_on" DATE,
    "ended_at" TIMESTAMPTZ,
    "ended_by_id" UUID,
    "end_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "village_list_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "list_row" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "household_id" UUID,
    "resident_id" UUID,
    "place_id" UUID,
    "points" INTEGER NOT NULL,
    "state" "ListRowState" NOT NULL DEFAULT 'STANDING',
    "gone_why" "GoneWhy",
    "gone_at" TIMESTAMPTZ,

    CONSTRAINT "list_row_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "list_ground" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "deduction_id" UUID NOT NULL,

    CONSTRAINT "list_ground_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "place" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "PlaceKind" NOT NULL,
    "name" TEXT NOT NULL,
    "keeper" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_on" DATE,

    CONSTRAINT "place_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "place_check" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "place_id" UUID NOT NULL,
    "checked_on" DATE NOT NULL,
    "score" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "checked_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "place_check_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "consent" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "text_version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "given_by_id" UUID NOT NULL,
    "given_at" TIMESTAMPTZ NOT NULL,
    "withdrawn_by_id" UUID,
    "withdrawn_at" TIMESTAMPTZ,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "list_document" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "kind" "DocumentKind" NOT NULL,
    "edition" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "replaces" UUID,
    "made_at" TIMESTAMPTZ NOT NULL,
    "retired_at" TIMESTAMPTZ,
    "retired_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "list_document_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "objection" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "subject_kind" "ObjectionSubject" NOT NULL,
    "subject" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "reporter_id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "body" TEXT NOT NULL,
    "state" "ObjectionState" NOT NULL DEFAULT 'OPEN',
    "opened_at" TIMESTAMPTZ NOT NULL,
    "due_on" DATE NOT NULL,
    "risen_at" TIMESTAMPTZ,
    "against_id" UUID,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ,
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "objection_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "period" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "state" "PeriodState" NOT NULL DEFAULT 'PUBLICITY',
    "as_of" TIMESTAMPTZ NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "public_from" DATE NOT NULL,
    "public_until" DATE NOT NULL,
    "locked_at" TIMESTAMPTZ,
    "locked_by_id" UUID,

    CONSTRAINT "period_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "year_end" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "policy" "YearEndPolicy" NOT NULL,
    "carry_most" INTEGER,
    "announced_at" TIMESTAMPTZ NOT NULL,
    "announced_by_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "done_at" TIMESTAMPTZ,
    "done_by_id" UUID,
    "households" INTEGER,
    "points_closed" BIGINT,
    "points_carried" BIGINT,

    CONSTRAINT "year_end_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "attached_photo" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "photo_id" UUID NOT NULL,
    "kind" "AttachedTo" NOT NULL,
    "subject" UUID NOT NULL,
    "household_id" UUID,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "attached_photo_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "star_rating" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "stars" INTEGER NOT NULL,
    "honour" INTEGER NOT NULL,
    "awarded_at" TIMESTAMPTZ NOT NULL,
    "awarded_by_id" UUID NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "revoked_by_id" UUID,
    "revoked_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "star_rating_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "plaque" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "awarded_on" DATE NOT NULL,
    "awarded_by_id" UUID NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "revoked_by_id" UUID,
    "revoked_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "plaque_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "voucher_batch" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "buys" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expires_on" DATE NOT NULL,
    "issued_by_id" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "voucher_batch_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "voucher" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "state" "VoucherState" NOT NULL DEFAULT 'ISSUED',
    "ended_at" TIMESTAMPTZ,
    "ended_by_id" UUID,
    "end_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "voucher_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "rulebook_comment" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "item_code" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ NOT NULL,
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_by_id" UUID,
    "answered_at" TIMESTAMPTZ,

    CONSTRAINT "rulebook_comment_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "ballot" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "unit" "VoteUnit" NOT NULL,
    "eligible" INTEGER NOT NULL,
    "opens_at" TIMESTAMPTZ NOT NULL,
    "closes_at" TIMESTAMPTZ NOT NULL,
    "opened_by_id" UUID NOT NULL,

    CONSTRAINT "ballot_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "ballot_voter" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ballot_id" UUID NOT NULL,
    "voter_id" UUID NOT NULL,
    "channel" "VoteChannel" NOT NULL,

    CONSTRAINT "ballot_voter_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "ballot_vote" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ballot_id" UUID NOT NULL,
    "choice" "VoteChoice" NOT NULL,

    CONSTRAINT "ballot_vote_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE INDEX "deduction_village_id_state_recorded_at_idx" ON "deduction"("village_id", "state", "recorded_at");

-- CreateIndex
CREATE INDEX "deduction_village_id_household_id_recorded_at_idx" ON "deduction"("village_id", "household_id", "recorded_at" DESC);

-- CreateIndex
CREATE INDEX "deduction_step_village_id_deduction_id_done_at_idx" ON "deduction_step"("village_id", "deduction_id", "done_at");

-- CreateIndex
CREATE INDEX "village_list_village_id_state_drafted_at_idx" ON "village_list"("village_id", "state", "drafted_at" DESC);

-- CreateIndex
CREATE INDEX "list_row_village_id_list_id_rank_idx" ON "list_row"("village_id", "list_id", "rank");

-- CreateIndex
CREATE INDEX "list_row_village_id_household_id_idx" ON "list_row"("village_id", "household_id");

-- CreateIndex
CREATE UNIQUE INDEX "list_row_village_id_list_id_household_id_resident_id_place__key" ON "list_row"("village_id", "list_id", "household_id", "resident_id", "place_id");

-- CreateIndex
CREATE INDEX "list_ground_village_id_deduction_id_idx" ON "list_ground"("village_id", "deduction_id");

-- CreateIndex
CREATE UNIQUE INDEX "list_ground_village_id_row_id_deduction_id_key" ON "list_ground"("village_id", "row_id", "deduction_id");

-- CreateIndex
CREATE UNIQUE INDEX "place_village_id_name_key" ON "place"("village_id", "name");

-- CreateIndex
CREATE INDEX "place_check_village_id_place_id_checked_on_idx" ON "place_check"("village_id", "place_id", "checked_on");

-- CreateIndex
CREATE INDEX "consent_village_id_household_id_idx" ON "consent"("village_id", "household_id");

-- CreateIndex
CREATE UNIQUE INDEX "list_document_village_id_list_id_kind_edition_key" ON "list_document"("village_id", "list_id", "kind", "edition");

-- CreateIndex
CREATE INDEX "objection_village_id_state_due_on_idx" ON "objection"("village_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "objection_village_id_subject_idx" ON "objection"("village_id", "subject");

-- CreateIndex
CREATE INDEX "objection_village_id_household_id_opened_at_idx" ON "objection"("village_id", "household_id", "opened_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "objection_village_id_number_key" ON "objection"("village_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "period_village_id_code_key" ON "period"("village_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "year_end_village_id_year_key" ON "year_end"("village_id", "year");

-- CreateIndex
CREATE INDEX "attached_photo_village_id_kind_subject_idx" ON "attached_photo"("village_id", "kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "attached_photo_village_id_photo_id_key" ON "attached_photo"("village_id", "photo_id");

-- CreateIndex
CREATE UNIQUE INDEX "star_rating_village_id_period_household_id_key" ON "star_rating"("village_id", "period", "household_id");

-- CreateIndex
CREATE UNIQUE INDEX "plaque_village_id_number_key" ON "plaque"("village_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "plaque_village_id_code_key" ON "plaque"("village_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "plaque_village_id_row_id_key" ON "plaque"("village_id", "row_id");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_batch_village_id_list_id_buys_key" ON "voucher_batch"("village_id", "list_id", "buys");

-- CreateIndex
CREATE INDEX "voucher_village_id_household_id_idx" ON "voucher"("village_id", "household_id");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_village_id_code_key" ON "voucher"("village_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_village_id_batch_id_household_id_key" ON "voucher"("village_id", "batch_id", "household_id");

-- CreateIndex
CREATE INDEX "rulebook_comment_village_id_version_id_said_at_idx" ON "rulebook_comment"("village_id", "version_id", "said_at");

-- CreateIndex
CREATE UNIQUE INDEX "ballot_village_id_version_id_key" ON "ballot"("village_id", "version_id");

-- CreateIndex
CREATE UNIQUE INDEX "ballot_voter_village_id_ballot_id_voter_id_key" ON "ballot_voter"("village_id", "ballot_id", "voter_id");

-- CreateIndex
CREATE INDEX "ballot_vote_village_id_ballot_id_idx" ON "ballot_vote"("village_id", "ballot_id");

-- AddForeignKey
ALTER TABLE "deduction" ADD CONSTRAINT "deduction_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deduction" ADD CONSTRAINT "deduction_village_id_item_id_fkey" FOREIGN KEY ("village_id", "item_id") REFERENCES "item"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deduction_step" ADD CONSTRAINT "deduction_step_village_id_deduction_id_fkey" FOREIGN KEY ("village_id", "deduction_id") REFERENCES "deduction"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_row" ADD CONSTRAINT "list_row_village_id_list_id_fkey" FOREIGN KEY ("village_id", "list_id") REFERENCES "village_list"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_row" ADD CONSTRAINT "list_row_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_row" ADD CONSTRAINT "list_row_village_id_resident_id_fkey" FOREIGN KEY ("village_id", "resident_id") REFERENCES "resident"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_row" ADD CONSTRAINT "list_row_village_id_place_id_fkey" FOREIGN KEY ("village_id", "place_id") REFERENCES "place"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_ground" ADD CONSTRAINT "list_ground_village_id_row_id_fkey" FOREIGN KEY ("village_id", "row_id") REFERENCES "list_row"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_check" ADD CONSTRAINT "place_check_village_id_place_id_fkey" FOREIGN KEY ("village_id", "place_id") REFERENCES "place"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_document" ADD CONSTRAINT "list_document_village_id_list_id_fkey" FOREIGN KEY ("village_id", "list_id") REFERENCES "village_list"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objection" ADD CONSTRAINT "objection_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attached_photo" ADD CONSTRAINT "attached_photo_village_id_photo_id_fkey" FOREIGN KEY ("village_id", "photo_id") REFERENCES "photo"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "star_rating" ADD CONSTRAINT "star_rating_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plaque" ADD CONSTRAINT "plaque_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher" ADD CONSTRAINT "voucher_village_id_batch_id_fkey" FOREIGN KEY ("village_id", "batch_id") REFERENCES "voucher_batch"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher" ADD CONSTRAINT "voucher_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rulebook_comment" ADD CONSTRAINT "rulebook_comment_village_id_version_id_fkey" FOREIGN KEY ("village_id", "version_id") REFERENCES "rulebook_version"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ballot" ADD CONSTRAINT "ballot_village_id_version_id_fkey" FOREIGN KEY ("village_id", "version_id") REFERENCES "rulebook_version"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ballot_voter" ADD CONSTRAINT "ballot_voter_village_id_ballot_id_fkey" FOREIGN KEY ("village_id", "ballot_id") REFERENCES "ballot"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ballot_vote" ADD CONSTRAINT "ballot_vote_village_id_ballot_id_fkey" FOREIGN KEY ("village_id", "ballot_id") REFERENCES "ballot"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
