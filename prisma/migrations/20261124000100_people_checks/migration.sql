-- People and places: what a row must be, whoever writes it.

-- A role is held where it belongs: exactly one place, of the kind the role is for.
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_scope_fits_role" CHECK (
  num_nonnulls("district_id", "township_id", "village_id", "merchant_id") = 1
  AND CASE
    WHEN "role" IN ('STEWARD', 'VERIFIER', 'SECRETARY', 'SUPERVISOR') THEN "village_id" IS NOT NULL
    WHEN "role" = 'MERCHANT' THEN "merchant_id" IS NOT NULL
    WHEN "role" = 'TOWNSHIP' THEN "township_id" IS NOT NULL
    WHEN "role" = 'DISTRICT' THEN "district_id" IS NOT NULL
    ELSE "merchant_id" IS NULL
  END
);
-- The last day may be the one before the first: ended before it counted.
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_until_not_before_from" CHECK ("until_day" >= "from_day" - 1);

ALTER TABLE "person" ADD CONSTRAINT "person_name_length" CHECK (char_length("name") BETWEEN 1 AND 20);
ALTER TABLE "person" ADD CONSTRAINT "person_phone_format" CHECK ("phone" ~ '^1[3-9][0-9]{9}$');

ALTER TABLE "village_group" ADD CONSTRAINT "village_group_number_range" CHECK ("number" BETWEEN 1 AND 99);
ALTER TABLE "household" ADD CONSTRAINT "household_code_format" CHECK ("code" ~ '^[0-9]{2}-[0-9]{3}$');

ALTER TABLE "resident" ADD CONSTRAINT "resident_name_length" CHECK (char_length("name") BETWEEN 1 AND 20);
ALTER TABLE "resident" ADD CONSTRAINT "resident_birth_year_range" CHECK ("birth_year" BETWEEN 1900 AND 2100);
ALTER TABLE "kinship" ADD CONSTRAINT "kinship_smaller_id_first" CHECK ("resident_a_id" < "resident_b_id");

ALTER TABLE "sign_in_code" ADD CONSTRAINT "sign_in_code_tries_range" CHECK ("tries" BETWEEN 0 AND 5);
