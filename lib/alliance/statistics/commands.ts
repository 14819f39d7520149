import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { countOtherSalesInput } from './schema';

/** 记别的买卖: how many sales without points a shop had on a day, today or yesterday; typed again, it is put right. */
export const countOtherSales = command({
  name: 'count-other-sales',
  title: '记当天别的买卖',
  seat: 'shop',
  input: countOtherSalesInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    await tx.$queryRaw`
      select 1 as done from shop_day_count(${actor.shop.merchantId}::uuid, ${input.day}::date, ${input.otherSales}::integer,
        ${actor.personId}::uuid, ${now}::timestamptz)`;
    return { subject: actor.shop.merchantId, otherSales: input.otherSales };
  },
});

export const statisticsCommands: Command[] = [countOtherSales];
