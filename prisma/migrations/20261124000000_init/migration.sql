-- CreateEnum
CREATE TYPE "DeedState" AS ENUM ('SUBMITTED', 'AWAITING_SECOND', 'APPROVED', 'RETURNED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('SELF', 'STEWARD', 'EVENT', 'ROUND');

-- CreateEnum
CREATE TYPE "DecisionKind" AS ENUM ('FIRST_APPROVE', 'APPROVE', 'RETURN', 'WITHDRAW', 'UNDO_APPROVE', 'UNDO_RETURN', 'UNDO_FIRST');

-- CreateEnum
CREATE TYPE "AccountKind" AS ENUM ('ISSUE', 'HOUSEHOLD', 'BUDGET');

-- CreateEnum
CREATE TYPE "PostingKind" AS ENUM ('AWARD', 'DEDUCTION', 'REVERSAL', 'BUDGET_GRANT');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('STEWARD', 'VERIFIER', 'SECRETARY', 'SUPERVISOR', 'MERCHANT', 'TOWNSHIP', 'DISTRICT', 'SPONSOR');

-- CreateEnum
CREATE TYPE "Relation" AS ENUM ('HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDCHILD', 'GRANDPARENT', 'SIBLING', 'CHILD_IN_LAW', 'OTHER');

-- CreateEnum
CREATE TYPE "TownshipKind" AS ENUM ('TOWN', 'SUBDISTRICT');

-- CreateEnum
CREATE TYPE "VillagePreset" AS ENUM ('RED_BLACK', 'RESOURCES', 'MARKET');

-- CreateEnum
CREATE TYPE "RulebookState" AS ENUM ('DRAFT', 'HEARING', 'ADOPTED', 'SUPERSEDED');

-- CreateEnum
CREATE TYPE "MeetingKind" AS ENUM ('ASSEMBLY', 'REPRESENTATIVES');

-- CreateEnum
CREATE TYPE "CapPolicy" AS ENUM ('AWARD_REST', 'REFUSE');

-- CreateEnum
CREATE TYPE "ItemUnit" AS ENUM ('TIME', 'HOUR', 'WEEK', 'MONTH', 'SEASON', 'YEAR', 'PLACE', 'CASE', 'HONOUR', 'PERSON_TIME');

-- CreateEnum
CREATE TYPE "CapPeriod" AS ENUM ('MONTH', 'QUARTER', 'YEAR');

-- CreateEnum
CREATE TYPE "ItemSubject" AS ENUM ('HOUSEHOLD', 'PERSON');

-- CreateEnum
CREATE TYPE "PhotoRule" AS ENUM ('REQUIRED', 'OPTIONAL', 'NONE');

-- CreateTable
CREATE TABLE "deed" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "reporter_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "scale_step_id" UUID,
    "event_id" UUID,
    "channel" "Channel" NOT NULL,
    "deed_on" DATE NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "metric_value" DECIMAL(12,3),
    "note" TEXT NOT NULL DEFAULT '',
    "state" "DeedState" NOT NULL DEFAULT 'SUBMITTED',
    "submitted_at" TIMESTAMPTZ NOT NULL,
    "first_by_id" UUID,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ,
    "reason" TEXT NOT NULL DEFAULT '',
    "points_asked" INTEGER NOT NULL,
    "honour_awarded" INTEGER,
    "points_awarded" INTEGER,
    "cap_note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "deed_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "event" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "item_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "held_on" DATE NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "deed_decision" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "deed_id" UUID NOT NULL,
    "kind" "DecisionKind" NOT NULL,
    "person_id" UUID NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "decided_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "deed_decision_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "account" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "AccountKind" NOT NULL,
    "holder" TEXT NOT NULL DEFAULT '',
    "balance" BIGINT NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "account_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "posting" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "PostingKind" NOT NULL,
    "source" UUID NOT NULL,
    "leg" SMALLINT NOT NULL,
    "debit_id" UUID NOT NULL,
    "credit_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "shortfall" INTEGER NOT NULL DEFAULT 0,
    "honour" INTEGER NOT NULL DEFAULT 0,
    "debit_before" BIGINT,
    "debit_after" BIGINT,
    "credit_before" BIGINT,
    "credit_after" BIGINT,
    "household_id" UUID,
    "resident_id" UUID,
    "credited_on" DATE NOT NULL,
    "version_id" UUID,
    "item_id" UUID,
    "item_code" TEXT,
    "metric_value" DECIMAL(12,3),
    "reason" TEXT NOT NULL DEFAULT '',
    "reverses" UUID,
    "person_id" UUID,
    "command_id" UUID NOT NULL,
    "posted_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "standing" (
    "village_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "honour" BIGINT NOT NULL,

    CONSTRAINT "standing_pkey" PRIMARY KEY ("village_id","period","household_id","resident_id")
);

-- CreateTable
CREATE TABLE "ledger_seal" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "posting_ids" UUID[],
    "row_hashes" BYTEA NOT NULL,
    "horizon" UUID NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ledger_seal_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "desk_village_id" UUID,
    "device" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_code" (
    "id" UUID NOT NULL,
    "phone" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "sign_in_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "district_id" UUID,
    "township_id" UUID,
    "village_id" UUID,
    "merchant_id" UUID,
    "from_day" DATE NOT NULL,
    "until_day" DATE,
    "appointed_by_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "village_group" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "village_group_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "household" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "door_number" TEXT NOT NULL DEFAULT '',
    "is_five_guarantee" BOOLEAN NOT NULL DEFAULT false,
    "is_disabled" BOOLEAN NOT NULL DEFAULT false,
    "is_absent" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "left_on" DATE,

    CONSTRAINT "household_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "resident" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "person_id" UUID,
    "name" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL DEFAULT '',
    "initials" TEXT NOT NULL DEFAULT '',
    "birth_year" INTEGER,
    "relation" "Relation" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "left_on" DATE,

    CONSTRAINT "resident_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "kinship" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "resident_a_id" UUID NOT NULL,
    "resident_b_id" UUID NOT NULL,
    "declared_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "kinship_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "photo" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "source_hash" TEXT NOT NULL,
    "large_hash" TEXT NOT NULL,
    "small_hash" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ,
    "taken_claimed" BOOLEAN NOT NULL DEFAULT false,
    "perceptual" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "photo_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "deed_photo" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "deed_id" UUID NOT NULL,
    "photo_id" UUID NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "deed_photo_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "command_log" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" UUID,
    "seat" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "outcome" JSONB NOT NULL,
    "subject" UUID,
    "address" TEXT NOT NULL DEFAULT '',
    "logged_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "command_log_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "access_log" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "subject" UUID NOT NULL,
    "read_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "message" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "href" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ NOT NULL,
    "read_at" TIMESTAMPTZ,

    CONSTRAINT "message_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "form_return" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "refusal" JSONB NOT NULL,
    "entered" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "form_return_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_count" (
    "key" TEXT NOT NULL,
    "window" TIMESTAMPTZ NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_count_pkey" PRIMARY KEY ("key","window")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "district" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "district_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "township" (
    "id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "kind" "TownshipKind" NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "township_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "village" (
    "id" UUID NOT NULL,
    "township_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "preset" "VillagePreset" NOT NULL,
    "deed_age_days_max" INTEGER NOT NULL DEFAULT 30,
    "undo_minutes" INTEGER NOT NULL DEFAULT 10,
    "welcome" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "village_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merchant" (
    "id" UUID NOT NULL,
    "township_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "opening_hours" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "merchant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rulebook_version" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "RulebookState" NOT NULL,
    "title" TEXT NOT NULL,
    "covenant" TEXT NOT NULL DEFAULT '',
    "effective_from" DATE,
    "effective_until" DATE,
    "second_threshold" INTEGER,
    "household_month_cap" INTEGER,
    "budget_per_quarter" INTEGER,
    "cap_policy" "CapPolicy" NOT NULL DEFAULT 'AWARD_REST',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rulebook_version_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "resolution" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "meeting_kind" "MeetingKind" NOT NULL,
    "held_on" DATE NOT NULL,
    "eligible" INTEGER NOT NULL,
    "present" INTEGER NOT NULL,
    "votes_for" INTEGER NOT NULL,
    "votes_against" INTEGER NOT NULL,
    "abstained" INTEGER NOT NULL,
    "filing_number" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "resolution_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "category" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "category_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "item" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "category_id" UUID NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL DEFAULT '',
    "initials" TEXT NOT NULL DEFAULT '',
    "points" INTEGER NOT NULL,
    "unit" "ItemUnit" NOT NULL,
    "unit_name" TEXT NOT NULL,
    "subject" "ItemSubject" NOT NULL,
    "cap_points" INTEGER NOT NULL,
    "cap_per" "CapPeriod" NOT NULL,
    "evidence" TEXT NOT NULL,
    "photo" "PhotoRule" NOT NULL,
    "metric_name" TEXT,
    "metric_unit" TEXT,
    "warn_first" BOOLEAN NOT NULL DEFAULT false,
    "restored_when_repaired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "item_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "scale_step" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "points" INTEGER NOT NULL,

    CONSTRAINT "scale_step_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateTable
CREATE TABLE "favourite_item" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "item_code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "favourite_item_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE INDEX "deed_village_id_state_submitted_at_id_idx" ON "deed"("village_id", "state", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "deed_village_id_household_id_submitted_at_idx" ON "deed"("village_id", "household_id", "submitted_at" DESC);

-- CreateIndex
CREATE INDEX "deed_village_id_item_id_household_id_idx" ON "deed"("village_id", "item_id", "household_id");

-- CreateIndex
CREATE INDEX "deed_village_id_resident_id_deed_on_idx" ON "deed"("village_id", "resident_id", "deed_on");

-- CreateIndex
CREATE INDEX "event_village_id_held_on_idx" ON "event"("village_id", "held_on");

-- CreateIndex
CREATE INDEX "deed_decision_village_id_deed_id_decided_at_idx" ON "deed_decision"("village_id", "deed_id", "decided_at");

-- CreateIndex
CREATE INDEX "deed_decision_village_id_person_id_decided_at_idx" ON "deed_decision"("village_id", "person_id", "decided_at");

-- CreateIndex
CREATE INDEX "posting_village_id_posted_at_id_idx" ON "posting"("village_id", "posted_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "posting_village_id_household_id_credited_on_idx" ON "posting"("village_id", "household_id", "credited_on");

-- CreateIndex
CREATE UNIQUE INDEX "posting_village_id_source_leg_key" ON "posting"("village_id", "source", "leg");

-- CreateIndex
CREATE UNIQUE INDEX "posting_village_id_reverses_key" ON "posting"("village_id", "reverses");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_seal_village_id_number_key" ON "ledger_seal"("village_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "person_phone_key" ON "person"("phone");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "sign_in_code_phone_created_at_idx" ON "sign_in_code"("phone", "created_at");

-- CreateIndex
CREATE INDEX "appointment_person_id_idx" ON "appointment"("person_id");

-- CreateIndex
CREATE INDEX "appointment_village_id_role_idx" ON "appointment"("village_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "village_group_village_id_number_key" ON "village_group"("village_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "household_village_id_code_key" ON "household"("village_id", "code");

-- CreateIndex
CREATE INDEX "resident_village_id_household_id_idx" ON "resident"("village_id", "household_id");

-- CreateIndex
CREATE INDEX "resident_person_id_idx" ON "resident"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "resident_village_id_person_id_key" ON "resident"("village_id", "person_id");

-- CreateIndex
CREATE INDEX "kinship_village_id_resident_b_id_idx" ON "kinship"("village_id", "resident_b_id");

-- CreateIndex
CREATE UNIQUE INDEX "kinship_village_id_resident_a_id_resident_b_id_key" ON "kinship"("village_id", "resident_a_id", "resident_b_id");

-- CreateIndex
CREATE INDEX "photo_village_id_uploaded_by_id_created_at_idx" ON "photo"("village_id", "uploaded_by_id", "created_at");

-- CreateIndex
CREATE INDEX "photo_village_id_created_at_idx" ON "photo"("village_id", "created_at");

-- CreateIndex
CREATE INDEX "photo_large_hash_idx" ON "photo" USING HASH ("large_hash");

-- CreateIndex
CREATE INDEX "photo_small_hash_idx" ON "photo" USING HASH ("small_hash");

-- CreateIndex
CREATE INDEX "deed_photo_village_id_photo_id_idx" ON "deed_photo"("village_id", "photo_id");

-- CreateIndex
CREATE UNIQUE INDEX "deed_photo_village_id_deed_id_sort_order_key" ON "deed_photo"("village_id", "deed_id", "sort_order");

-- CreateIndex
CREATE INDEX "command_log_village_id_logged_at_id_idx" ON "command_log"("village_id", "logged_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "command_log_village_id_subject_idx" ON "command_log"("village_id", "subject");

-- CreateIndex
CREATE INDEX "command_log_person_id_logged_at_idx" ON "command_log"("person_id", "logged_at");

-- CreateIndex
CREATE INDEX "access_log_village_id_subject_idx" ON "access_log"("village_id", "subject");

-- CreateIndex
CREATE INDEX "message_person_id_created_at_idx" ON "message"("person_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "form_return_expires_at_idx" ON "form_return"("expires_at");

-- CreateIndex
CREATE INDEX "rate_count_window_idx" ON "rate_count"("window");

-- CreateIndex
CREATE UNIQUE INDEX "district_code_key" ON "district"("code");

-- CreateIndex
CREATE UNIQUE INDEX "township_code_key" ON "township"("code");

-- CreateIndex
CREATE INDEX "township_district_id_idx" ON "township"("district_id");

-- CreateIndex
CREATE UNIQUE INDEX "village_code_key" ON "village"("code");

-- CreateIndex
CREATE INDEX "village_township_id_idx" ON "village"("township_id");

-- CreateIndex
CREATE INDEX "merchant_township_id_idx" ON "merchant"("township_id");

-- CreateIndex
CREATE UNIQUE INDEX "rulebook_version_village_id_number_key" ON "rulebook_version"("village_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "resolution_village_id_version_id_key" ON "resolution"("village_id", "version_id");

-- CreateIndex
CREATE UNIQUE INDEX "category_village_id_version_id_code_key" ON "category"("village_id", "version_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "item_village_id_version_id_code_key" ON "item"("village_id", "version_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "scale_step_village_id_item_id_sort_order_key" ON "scale_step"("village_id", "item_id", "sort_order");

-- CreateIndex
CREATE UNIQUE INDEX "favourite_item_village_id_household_id_item_code_key" ON "favourite_item"("village_id", "household_id", "item_code");

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_resident_id_fkey" FOREIGN KEY ("village_id", "resident_id") REFERENCES "resident"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_version_id_fkey" FOREIGN KEY ("village_id", "version_id") REFERENCES "rulebook_version"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_item_id_fkey" FOREIGN KEY ("village_id", "item_id") REFERENCES "item"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_scale_step_id_fkey" FOREIGN KEY ("village_id", "scale_step_id") REFERENCES "scale_step"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_village_id_event_id_fkey" FOREIGN KEY ("village_id", "event_id") REFERENCES "event"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed_decision" ADD CONSTRAINT "deed_decision_village_id_deed_id_fkey" FOREIGN KEY ("village_id", "deed_id") REFERENCES "deed"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_appointed_by_id_fkey" FOREIGN KEY ("appointed_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "village_group" ADD CONSTRAINT "village_group_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "household" ADD CONSTRAINT "household_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "household" ADD CONSTRAINT "household_village_id_group_id_fkey" FOREIGN KEY ("village_id", "group_id") REFERENCES "village_group"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resident" ADD CONSTRAINT "resident_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resident" ADD CONSTRAINT "resident_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resident" ADD CONSTRAINT "resident_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kinship" ADD CONSTRAINT "kinship_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kinship" ADD CONSTRAINT "kinship_village_id_resident_a_id_fkey" FOREIGN KEY ("village_id", "resident_a_id") REFERENCES "resident"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kinship" ADD CONSTRAINT "kinship_village_id_resident_b_id_fkey" FOREIGN KEY ("village_id", "resident_b_id") REFERENCES "resident"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photo" ADD CONSTRAINT "photo_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed_photo" ADD CONSTRAINT "deed_photo_village_id_deed_id_fkey" FOREIGN KEY ("village_id", "deed_id") REFERENCES "deed"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed_photo" ADD CONSTRAINT "deed_photo_village_id_photo_id_fkey" FOREIGN KEY ("village_id", "photo_id") REFERENCES "photo"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "township" ADD CONSTRAINT "township_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "village" ADD CONSTRAINT "village_township_id_fkey" FOREIGN KEY ("township_id") REFERENCES "township"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant" ADD CONSTRAINT "merchant_township_id_fkey" FOREIGN KEY ("township_id") REFERENCES "township"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rulebook_version" ADD CONSTRAINT "rulebook_version_village_id_fkey" FOREIGN KEY ("village_id") REFERENCES "village"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resolution" ADD CONSTRAINT "resolution_village_id_version_id_fkey" FOREIGN KEY ("village_id", "version_id") REFERENCES "rulebook_version"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "category" ADD CONSTRAINT "category_village_id_version_id_fkey" FOREIGN KEY ("village_id", "version_id") REFERENCES "rulebook_version"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_village_id_version_id_fkey" FOREIGN KEY ("village_id", "version_id") REFERENCES "rulebook_version"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_village_id_category_id_fkey" FOREIGN KEY ("village_id", "category_id") REFERENCES "category"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scale_step" ADD CONSTRAINT "scale_step_village_id_item_id_fkey" FOREIGN KEY ("village_id", "item_id") REFERENCES "item"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "favourite_item" ADD CONSTRAINT "favourite_item_village_id_household_id_fkey" FOREIGN KEY ("village_id", "household_id") REFERENCES "household"("village_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
