import type { RefusalEntry } from './entry';

/** Refusals of lists, consent and documents. */
export const listRefusals = {
  BLACK_LIST_OFF: {
    status: 409,
    sentence: '本村的细则没有开黑榜。',
    next: '要不要开黑榜，由村民会议在细则里定；没有定，就不能起草。',
  },
  LIST_NO_RULEBOOK: {
    status: 409,
    sentence: '那个季度本村还没有积分细则。',
    next: '请选细则施行以后的季度。',
  },
  LIST_PERIOD_AHEAD: { status: 422, sentence: '这个季度还没有开始。', next: '请选本季度或者以前的季度。' },
  LIST_PEOPLE_ONLY_PRAISED: { status: 422, sentence: '黑榜只到户，不列个人。', next: '请选“户”或者“地段”。' },
  LIST_EXISTS: {
    status: 409,
    sentence: '这个季度的这种榜已经有一张在起草或待公示。',
    next: '请接着办那一张；要重来，先把它作废。',
  },
  LIST_PUBLIC_ALREADY: {
    status: 409,
    sentence: '这个季度的这种榜已经有一张在公布。',
    next: '要换一张，请先打开公布着的那张，撤回并写明原因。',
  },
  LIST_EMPTY: { status: 409, sentence: '按细则算下来，这张榜上一行也没有。', next: '没有就不用出榜。' },
  LIST_STALE: {
    status: 409,
    sentence: '起草以后，名册、细则、地段检查或者异议有改动，这张榜和台账对不上了。',
    next: '请把它作废，重新起草一张。',
  },
  LIST_MOVED_ON: { status: 409, sentence: '这张榜{state}，不能这样办了。', next: '请看看它现在的状态。' },
  LIST_SAME_PERSON: {
    status: 403,
    sentence: '这张榜是您起草的，要请另一个人审核。',
    next: '起草和审核必须是两个人。',
  },
  LIST_OWN_HOUSEHOLD: {
    status: 403,
    sentence: '这张黑榜上有您自家，要请别人来办。',
    next: '回避是村里的规矩，请另一位村务监督员或村书记来办。',
  },
  LIST_NEAR_KIN: {
    status: 403,
    sentence: '这张黑榜上有您的近亲属家，要请别人来办。',
    next: '回避是村里的规矩，请另一位村务监督员或村书记来办。',
  },
  LIST_NOT_POSTED: {
    status: 409,
    sentence: '{household} 户的扣分没有记，或者已经冲销，不能上榜。',
    next: '请把这张榜作废，重新起草。',
  },
  LIST_NO_NOTICE: {
    status: 409,
    sentence: '{household} 户还没有收到扣分告知，不能上榜。',
    next: '先把告知送到，等申辩期过了再起草。',
  },
  LIST_ANSWER_RUNNING: {
    status: 409,
    sentence: '{household} 户的申辩期还没有过，不能上榜。',
    next: '申辩期过了再办。',
  },
  LIST_OBJECTION_OPEN: {
    status: 409,
    sentence: '{household} 户有异议还没有答复，不能上榜。',
    next: '等异议有了结果再办；要先出榜，就把这张榜作废，重新起草，有异议的户不会算进去。',
  },
  LIST_EXEMPT: {
    status: 409,
    sentence: '{household} 户是照顾户，或者已经迁出，不上黑榜。',
    next: '请把这张榜作废，重新起草。',
  },
  LIST_MINOR: {
    status: 409,
    sentence: '{household} 户的扣分记的是未成年人，不能上榜。',
    next: '请把这张榜作废，重新起草：记的是未成年人的扣分不算进去。',
  },
  LIST_ITEM_NOT_IN_FORCE: {
    status: 409,
    sentence: '{household} 户扣分的项目，现在的细则里已经没有了，不能上榜。',
    next: '请把这张榜作废，重新起草。',
  },
  LIST_ROW_UPHELD: {
    status: 409,
    sentence: '{household} 户对上过的榜提的异议成立了，那几笔扣分不再上榜。',
    next: '请把这张榜作废，重新起草。',
  },
  LIST_HAD_ITS_DAYS: {
    status: 409,
    sentence: '{household} 户的这笔扣分已经在榜上公布满了天数，不再上榜。',
    next: '同一件事不公布第二回。请把这张榜作废，重新起草。',
  },
  CONSENT_NOT_YOURS: {
    status: 403,
    sentence: '这件事要由户主或者家里的成年人来定。',
    next: '请家里的成年人用自己的手机办。',
  },
  CONSENT_NOT_GIVEN: {
    status: 409,
    sentence: '这一户现在没有同意写全名。',
    next: '红榜上名字是隐去的，不用收回。',
  },
  CONSENT_GIVEN: {
    status: 409,
    sentence: '这一户已经同意写全名了，不用再记。',
    next: '要改，先记收回，再重新签。',
  },
  CONSENT_SIGNER: {
    status: 422,
    sentence: '签字的要是这一户的户主或者成年人。',
    next: '孩子不能签。请让家里的大人签，再选他的名字。',
  },
  CONSENT_TEXT_CHANGED: {
    status: 409,
    sentence: '同意书的文字更新了。',
    next: '请重新看一遍，再决定同意不同意。',
  },
  PLACE_OF_HOUSEHOLD: {
    status: 422,
    sentence: '地段的名字或者“谁管”里，写着村民的姓名、户号、门牌，或者谁家门口。',
    next: '地段只登记公共的地方；“谁管”写小组或者岗位，比如“一组”“公益性岗位”“3号网格”。',
  },
  LIST_PLACE_OF_HOUSEHOLD: {
    status: 409,
    sentence: '“{place}”的名字或者“谁管”里，写着村民的姓名、户号或者门牌，不能上黑榜。',
    next: '请把这张榜作废，停止检查这个地段，换个公共的叫法重新登记，再起草。',
  },
  PLACE_EXISTS: { status: 409, sentence: '已经有一个叫这个名字的地段。', next: '请换一个名字。' },
  PLACE_CHECK_OWN: {
    status: 403,
    sentence: '这次检查是您自己记的，要请另一个人来作废。',
    next: '请把记错的地方告诉村里别的办事的人，由他作废，您再重新记一次。',
  },
  PLACE_CHECK_VOIDED: {
    status: 409,
    sentence: '这次检查已经作废了。',
    next: '不算分，也不用再办。',
  },
  PLACE_CLOSED: { status: 409, sentence: '这个地段已经不再检查了。', next: '请看看选的地段对不对。' },
} satisfies Record<string, RefusalEntry>;
