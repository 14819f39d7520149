// The text a household consents to. A changed text is a new version: what was given stays with the words it was given to.

export interface ConsentText {
  version: number;
  title: string;
  lines: readonly string[];
}

const TEXTS: readonly ConsentText[] = [
  {
    version: 1,
    title: '红榜写全名同意书',
    lines: [
      '我家同意：上红榜的时候，写户主的全名；评到家里成年人个人的时候，也写这个人的全名。',
      '写全名的地方有：村里的红榜网页、发到村民群里的图片、贴在村里的榜。',
      '不同意也一样上榜、一样记分、一样得奖励，只是名字中间用“×”代替。',
      '什么时候想收回都可以，在这个页面点一下，网页马上改回隐去名字，旧的图片和榜换成新的。已经贴出去的纸，请村里换掉。',
      '黑榜不写全名，家里的孩子不写全名，同意不同意都一样。',
    ],
  },
  {
    // can be signed on paper
    version: 2,
    title: '红榜写全名同意书',
    lines: [
      '我家同意：上红榜的时候，写户主的全名；评到家里成年人个人的时候，也写这个人的全名。',
      '写全名的地方有：村里的红榜网页、发到村民群里的图片、贴在村里的榜。',
      '不同意也一样上榜、一样记分、一样得奖励，只是名字中间用“×”代替。',
      '什么时候想收回都可以：在手机上“红榜写不写全名”里点一下，或者告诉帮办员、核分员。网页马上改回隐去名字，旧的图片和榜换成新的。已经贴出去的纸，请村里换掉。',
      '黑榜不写全名，家里的孩子不写全名，同意不同意都一样。',
    ],
  },
];

/** The text that is asked for now. */
export const CONSENT_TEXT: ConsentText = TEXTS[TEXTS.length - 1] as ConsentText;

/** A text as it is kept with a consent. */
export function consentWords(text: ConsentText): string {
  return [text.title, ...text.lines].join('\n');
}
