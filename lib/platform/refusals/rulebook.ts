import type { RefusalEntry } from './entry';

/** Refusals of rulebook versions, hearings and votes. */
export const rulebookRefusals = {
  DRAFT_EXISTS: {
    status: 409,
    sentence: '已经有一份草案在办，一次只能办一份。',
    next: '请先把那一份办完，或者放弃它，再起草新的。',
  },
  RULEBOOK_HEARD: {
    status: 409,
    sentence: '这份草案正在听取意见，一个字也不能改。',
    next: '确实要改，先“退回起草”；已经说的意见都留着。',
  },
  RULEBOOK_ADOPTED: {
    status: 409,
    sentence: '这一版已经通过，不能再改。',
    next: '要改，就照它起草新的一版。以前记的分不受影响。',
  },
  RULEBOOK_DROPPED: { status: 409, sentence: '这份草案已经放弃。', next: '可以照它起草新的一版。' },
  RULEBOOK_NOT_HEARD: {
    status: 409,
    sentence: '这份草案现在没有在听取意见。',
    next: '请回到细则页面看它现在到了哪一步。',
  },
  RULEBOOK_FINDINGS: {
    status: 409,
    sentence: '草案里还有 {count} 处不合规定，第一处：{where}{what}。',
    next: '{mend}改好以后再来。全部问题在草案页面上。',
  },
  BALLOT_KEEPS_DRAFT: {
    status: 409,
    sentence: '大家已经在对这份草案表决，不能再退回去改。',
    next: '表决没有通过，可以放弃这一份，照它另起草一份。',
  },
  CATEGORY_NOT_EMPTY: {
    status: 409,
    sentence: '这一类下面还有项目。',
    next: '请先把里面的项目删去或者挪到别的类。',
  },
  CATEGORY_FULL: {
    status: 409,
    sentence: '这一类的编号已经排到 99。',
    next: '请另设一类。',
  },
  CATEGORIES_MOST: { status: 409, sentence: '类别最多 30 个。', next: '请把相近的合并。' },
  HEARING_DAYS: {
    status: 422,
    sentence: '听取意见至少要 {least} 天，最多 {most} 天。',
    next: '请重新选截止日期。',
  },
  HEARING_STILL_OPEN: {
    status: 409,
    sentence: '还在听取意见，没有到截止的时候。',
    next: '等大家把话说完，再表决、再开会。',
  },
  HEARING_OVER: {
    status: 409,
    sentence: '听取意见的时间已经过了。',
    next: '开会那天可以到会上说。写好的话请先记下来。',
  },
  COMMENTS_MOST: {
    status: 429,
    sentence: '您家对这份草案已经说了 {most} 条。',
    next: '前面说的都在，会一条一条答复。',
  },
  COMMENT_ANSWERED: { status: 409, sentence: '这一条已经答复过了。', next: '答复不能改，请看页面上的答复。' },
  COMMENTS_UNANSWERED: {
    status: 409,
    sentence: '还有 {count} 条意见没有答复。',
    next: '请先一条一条答复，再录决议。',
  },
  BALLOT_EXISTS: {
    status: 409,
    sentence: '这份草案已经发起过表决。',
    next: '一份草案只表决一次，请看结果。',
  },
  BALLOT_TIME: {
    status: 422,
    sentence: '截止时间要在一小时以后、三十天以内。',
    next: '请重新选日期和钟点。',
  },
  BALLOT_CLOSED: { status: 409, sentence: '表决没有开始，或者已经截止。', next: '已经投的票都算数。' },
  BALLOT_STILL_OPEN: {
    status: 409,
    sentence: '表决还没有截止，谁也看不到结果。',
    next: '等截止以后再录决议，票数会自动填好。',
  },
  NOT_ON_THE_ROLL: {
    status: 403,
    sentence: '这次表决的名册上没有您。',
    next: '名册按发起那天的户口册来，满 18 岁的村民有票。有疑问请找村委会。',
  },
  ALREADY_VOTED: {
    status: 409,
    sentence: '票已经投过了，只算第一次。',
    next: '不管是在手机上还是在会场，先投的那一票有效。',
  },
  HALL_TOO_FEW: {
    status: 422,
    sentence: '会场的票一次至少录三张。',
    next: '少于三张，看数目就知道是谁投的。请和别的票一起录。',
  },
  HALL_SUM_DIFFERS: {
    status: 422,
    sentence: '勾了 {voters} 个投票的，三样票加起来却是 {votes} 张。',
    next: '请核对，两个数要一样。什么都还没有录。',
  },
  HALL_VOTED_ALREADY: {
    status: 409,
    sentence: '{who} 已经投过票了，这一次什么都没有录。',
    next: '请把他们的勾去掉，票数也相应减去，再录一次。',
  },
  MEETING_UNIT: {
    status: 422,
    sentence: '会议和计票的办法对不上。',
    next: '村民会议按人或者按户，代表会议按代表。',
  },
  MEETING_NO_REPRESENTATIVES: {
    status: 409,
    sentence: '本村还没有登记有多少名村民代表。',
    next: '请先在“会议规则”里写上村民代表的人数。',
  },
  MEETING_OTHER_REPRESENTATIVES: {
    status: 422,
    sentence: '本村有 {representatives} 名村民代表，应到人数要和它一样。',
    next: '请核对应到人数。',
  },
  MEETING_BELOW_ROSTER: {
    status: 422,
    sentence: '应到填了 {eligible} {unit}，开会那天户口册上有 {roster} {unit}，应到不能比它少。',
    next: '请核对应到人数。户口册不对的，先改户口册。',
  },
  MEETING_RULES_STAND: {
    status: 409,
    sentence: '草案正在听取意见或者表决，会议规则现在不能改。',
    next: '这一份办完，或者放弃它以后，再改会议规则。',
  },
  MEETING_PRESENT_OVER: { status: 422, sentence: '实到的比应到的还多。', next: '请核对两个数。' },
  MEETING_VOTES_OVER: {
    status: 422,
    sentence: '实到 {present}，票却有 {votes} 张。',
    next: '请核对赞成、反对、弃权的票数。',
  },
  QUORUM_MISSING: {
    status: 409,
    sentence: '到会的不够：应到 {eligible} {unit}，至少要到 {need} {unit}，还差 {missing} {unit}到会。',
    next: '这样通过的细则不算数，请再开一次会。',
  },
  MAJORITY_MISSING: {
    status: 409,
    sentence: '赞成的不够：到会 {present} {unit}，至少要 {need} 票赞成，还差 {missing} 票。',
    next: '这份草案没有通过。可以照大家的意见改了再议。',
  },
  MEETING_NOT_YET: { status: 422, sentence: '开会的日子还没有到。', next: '请核对日期，开过会再录。' },
  MEETING_BEFORE_HEARING: {
    status: 422,
    sentence: '开会的日子在听取意见截止以前。',
    next: '要先听完意见，{day}起开的会才算数。',
  },
  MINUTES_MISSING: { status: 422, sentence: '还没有放会议记录的照片。', next: '请拍下会议记录，放上一张。' },
  EFFECTIVE_IN_PAST: {
    status: 422,
    sentence: '施行的日子不能早于今天。',
    next: '新细则不追溯，请选今天或者以后。',
  },
  EFFECTIVE_TOO_LATE: { status: 422, sentence: '施行的日子太远了。', next: '请选一年以内的日子。' },
  VERSION_WAITING: {
    status: 409,
    sentence: '第 {number} 版要到 {day}才施行，这一版不能比它早。',
    next: '请选那一天或者以后。',
  },
  FILING_KNOWN: { status: 409, sentence: '备案号已经登记过了。', next: '登记过的备案号不能改。' },
} satisfies Record<string, RefusalEntry>;
