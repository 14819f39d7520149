-- Who has left signs in for nobody, and the number is free for another entry. Whose person a resident was is kept in
-- resident_person, for recusal; it is completed first, for rows that were written before it was kept.
INSERT INTO "resident_person" ("village_id", "person_id", "resident_id", "household_id")
SELECT "village_id", "person_id", "id", "household_id" FROM "resident" WHERE "person_id" IS NOT NULL
ON CONFLICT DO NOTHING;

UPDATE "resident" SET "person_id" = NULL WHERE "left_on" IS NOT NULL AND "person_id" IS NOT NULL;

ALTER TABLE "resident" ADD CONSTRAINT "resident_left_signs_in_for_nobody" CHECK ("left_on" IS NULL OR "person_id" IS NULL);
