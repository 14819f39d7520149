-- AlterTable
ALTER TABLE "session" ADD COLUMN     "shop_merchant_id" UUID;
