-- AlterTable
ALTER TABLE "session" ADD COLUMN     "home_village_id" UUID;
