import { MemberName } from '@/components/alliance/charity-mark';
import { sayWholeDay } from '@/components/rewards/words';
import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { Photo } from '@/components/ui/photo';
import { KIND_WORDS, sayFen } from '@/lib/alliance/incentive/rules';
import type { IncentiveView } from '@/lib/alliance/incentive/types';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import { sayDays } from './words';

/** All of one incentive, for those concerned: the merchant and the officials. */
export function IncentiveFacts({ incentive }: { incentive: IncentiveView }) {
  const { revokedOn, kind } = incentive;
  return (
    <>
      {revokedOn ? (
        <Message tone="look" title={`这一项 ${sayWholeDay(revokedOn)}收回了`}>
          {`原因：${incentive.revokeWhy}${kind === 'HONOUR' ? '。证书扫码就会这样说。' : ''}`}
        </Message>
      ) : null}
      <Facts
        items={[
          ['给哪家', <MemberName key="m" name={incentive.merchantName} isCharity={incentive.isCharity} />],
          ['是哪一种', KIND_WORDS[kind].name],
          ['金额', incentive.amountFen === null ? '' : sayFen(incentive.amountFen)],
          ['什么时候', sayDays(incentive)],
          ['说明', incentive.note],
          ['谁给的', incentive.giver],
          ['谁记的', `${incentive.recordedBy}，${sayWholeDay(incentive.recordedOn)}`],
          ['谁收回的', revokedOn ? incentive.revokedBy : ''],
        ]}
      />
      {incentive.photoId ? (
        <Photo
          src={shopPhotoAddress(incentive.photoId, 'small')}
          large={shopPhotoAddress(incentive.photoId, 'large')}
          alt="文件照片"
          caption="文件照片，点开看大图"
          fit="contain"
        />
      ) : null}
    </>
  );
}
