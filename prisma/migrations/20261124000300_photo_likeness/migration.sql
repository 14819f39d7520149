-- CreateTable
CREATE TABLE "photo_likeness" (
    "village_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "photo_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "distance" SMALLINT NOT NULL,

    CONSTRAINT "photo_likeness_pkey" PRIMARY KEY ("village_id","id")
);

-- CreateIndex
CREATE INDEX "photo_likeness_village_id_other_id_idx" ON "photo_likeness"("village_id", "other_id");

-- CreateIndex
CREATE UNIQUE INDEX "photo_likeness_village_id_photo_id_other_id_key" ON "photo_likeness"("village_id", "photo_id", "other_id");

-- AddForeignKey
ALTER TABLE "photo_likeness" ADD CONSTRAINT "photo_likeness_village_id_photo_id_fkey" FOREIGN KEY ("village_id", "photo_id") REFERENCES "photo"("village_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photo_likeness" ADD CONSTRAINT "photo_likeness_village_id_other_id_fkey" FOREIGN KEY ("village_id", "other_id") REFERENCES "photo"("village_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Photos stored before
INSERT INTO "photo_likeness" ("village_id", "id", "photo_id", "other_id", "distance")
SELECT a."village_id", gen_random_uuid(), a."id", b."id", bit_count((a."perceptual" # b."perceptual")::bit(64))
FROM "photo" a
JOIN "photo" b ON b."village_id" = a."village_id" AND b."id" <> a."id"
WHERE a."perceptual" <> 0 AND b."perceptual" <> 0
  AND bit_count((a."perceptual" # b."perceptual")::bit(64)) <= 6;
