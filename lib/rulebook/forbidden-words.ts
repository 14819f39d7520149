// What no rulebook may say (product.md, "The rulebook"): read clause by clause, because the same words can forbid what
// they name (不得取消低保) or be a kindness (看望五保户). A clause is refused only where a loss, or a condition, is tied to
// a right. The list is careful, not complete: the hearing and the township read it too.

/** What a refused clause does. */
export type ForbiddenLink = 'EXPULSION' | 'RESET' | 'BENEFIT' | 'FINE' | 'CLICKS';

export interface ForbiddenWords {
  link: ForbiddenLink;
  /** the words as they stand there */
  words: string;
}

/** Rights and payments that the law gives: never lost or won by points. */
const BENEFIT = [
  ...[
    '低保',
    '最低生活保障',
    '五保',
    '特困',
    '社会救助',
    '救助金',
    '救济',
    '补贴',
    '补助',
    '津贴',
    '抚恤',
    '优抚',
  ],
  ...['养老金', '养老保险', '医保', '医疗保险', '社保', '新农合', '惠农', '直补', '地力补偿', '粮补'],
  ...['上学', '入学', '就学', '升学', '就读', '学籍', '学位', '助学', '奖学金', '入学资格', '教育资助'],
  ...['证明', '证件', '政审', '参军', '入伍', '宅基地', '承包地', '承包权', '建房审批', '危房改造', '贷款'],
].join('|');

/** Payments and rights whose gain by points is a link as well; a village's own prizes are not. */
const BENEFIT_GAINED =
  '低保|最低生活保障|五保|特困|社会救助|救助金|入学|学位|升学|宅基地|危房改造|开证明|办证明';

const TAKE =
  '取消|停发|停止|暂停|停办|扣发|扣除|扣减|扣|减发|缓发|缓办|剥夺|收回|降低|削减|停|冻结|注销|限制|不再发放';
const GIVE =
  '享受|办理|办|开具|出具|开|发放|发|申请|申报|领取|领|审批|批准|批|评定|评|给予|给|推荐|盖章|入学|上学|就读|升学';
const DENY = '不得|不能|不准|不许|不可|不予|不给|不再|不让|一律不|概不|暂不|暂缓|停止|拒绝|无权|没资格';
/** Before what would be taken: the clause forbids it instead. */
const FORBIDS =
  '不得|不能|不准|不许|不可|不会|不应|不该|不允许|严禁|禁止|绝不|决不|一律不|概不|不以|不因|不把|不将|不搞|无权|杜绝|反对';

/** A clause with the place of what stands before the match. */
interface Found {
  words: string;
  before: string;
}

function find(clause: string, pattern: string): Found | null {
  const match = new RegExp(pattern, 'iu').exec(clause);
  return match ? { words: match[0], before: clause.slice(0, match.index) } : null;
}

const isForbidden = (before: string) => new RegExp(`(${FORBIDS})`, 'u').test(before) || /不$/u.test(before);

/** Splits where a sentence turns: what forbids one thing does not forbid the next. */
function clausesOf(text: string): string[] {
  return text
    .split(/[。；;，,：:！!？?\n]|(?=否则|不然|违者|违反的|拒不)/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

function findExpulsion(clause: string): string | null {
  const found =
    find(
      clause,
      '(开除|取消|剥夺|注销|除去|革除).{0,6}(村籍|户籍|户口|村民资格|村民身份|成员资格|成员身份)(?!的?手续)',
    ) ??
    find(clause, '(驱逐|逐出|赶出|撵出|轰出|强制迁出|勒令迁出|责令搬离).{0,4}(本?村|本?社区|本组|户口)?') ??
    find(clause, '(本?村|社区|村集体).{0,4}除名');
  if (!found || isForbidden(found.before)) return null;
  // 劝离牲畜、驱逐野狗: not people
  return /(驱逐|赶出|撵出|轰出).{0,4}(狗|犬|猪|牛|羊|禽|畜|野)/u.test(clause) ? null : found.words;
}

const SCORE = '(积分|分数|得分|荣誉分|可兑分|总分|户分|分值)';

function findReset(clause: string, isDeduction: boolean): string | null {
  const found =
    find(clause, `${SCORE}.{0,8}(清零|归零|清空|扣光|扣完|全扣)`) ??
    find(clause, `(清零|归零|清空|扣光|扣完).{0,6}${SCORE}`) ??
    find(clause, `(取消|作废|没收|扣除|扣掉).{0,4}(全部|所有|全年|一切|历年|累计).{0,4}${SCORE}`) ??
    find(clause, `(全部|所有|全年|历年|累计).{0,4}${SCORE}.{0,4}(取消|作废|没收)`) ??
    (isDeduction ? find(clause, '(清零|归零|清空)') : null);
  if (!found || isForbidden(found.before)) return null;
  if (/(不|不得|不能|不会|不予|不准)(清零|归零|清空|扣光|扣完|全扣|取消|作废|没收)/u.test(found.words))
    return null;
  // 隐患清零、垃圾清零 is work done, not a penalty
  if (
    !new RegExp(SCORE, 'u').test(clause) &&
    /(隐患|死角|垃圾|问题|存量|积案|矛盾).{0,4}(未|没有?|不)?(清零|归零)/u.test(clause)
  )
    return null;
  // 年底统一清零: a policy for everybody, not a penalty for one
  const isForAll = /(年末|年底|年终|跨年|次年|下一年|期末|年度结束|每年)/u.test(clause);
  return isForAll && !isDeduction ? null : found.words;
}

function findBenefitLink(clause: string): string | null {
  const taken =
    find(clause, `(${TAKE}).{0,8}(${BENEFIT})`) ??
    find(clause, `(${BENEFIT}).{0,6}(取消|停发|停止发放|暂停|停办|扣发|扣除|扣减|减半|暂缓|缓办|缓发)`);
  if (taken && !isForbidden(taken.before) && !isKindness(clause, taken.words)) return taken.words;

  const tied =
    find(clause, `(与|和|跟|同).{0,12}(${BENEFIT}).{0,12}(挂钩|关联|联动|捆绑)`) ??
    find(clause, `(${BENEFIT}).{0,12}(挂钩|联动|捆绑)`) ??
    find(clause, `(作为|列为|计入|纳入|当作).{0,8}(${BENEFIT}).{0,8}(依据|条件|前提|参考|标准)`) ??
    find(clause, `(${BENEFIT}).{0,8}(以|按|看|凭|依据)积分`);
  if (tied && !isForbidden(tied.before) && !/不(再)?(与|和|跟|同|作为|列为|计入|纳入|挂钩)/u.test(clause))
    return tied.words;

  const denied =
    find(clause, `(${DENY}).{0,3}(${GIVE}).{0,8}(${BENEFIT})`) ??
    find(clause, `(${BENEFIT}).{0,4}(${DENY}).{0,3}(${GIVE})`) ??
    find(clause, '(子女|孩子|学生|本人|家人).{0,4}(不得|不能|不准|不许|不让)(入学|上学|就读|升学|参军|入伍)');
  if (denied && !isForbidden(denied.before)) return denied.words;

  const harmed = find(clause, '影响.{0,8}(低保|五保|特困|补贴|补助|救助|入学资格|政审|待遇)');
  if (harmed && !isForbidden(harmed.before) && !/不(会)?影响/u.test(clause)) return harmed.words;

  const gained = find(
    clause,
    `(优先|才能|方可|才可|才给|才予).{0,4}(${GIVE}|安排)?.{0,4}(${BENEFIT_GAINED})`,
  );
  if (gained && !isForbidden(gained.before) && !/优先.{0,6}(帮|看望|照顾|慰问|服务|上门)/u.test(clause))
    return gained.words;

  const given = find(clause, '(退出|放弃|退掉|主动退).{0,4}(低保|五保|特困|补贴|补助|救助)');
  return given && !isForbidden(given.before) ? given.words : null;
}

/** 停车不占上学路、开具…: words that only look like taking a right away. */
function isKindness(clause: string, words: string): boolean {
  if (/^停(?!发|办|止)/u.test(words) && /停(车|放|靠|摆|水|电)/u.test(words)) return true;
  if (/^扣(?!发|除|减)/u.test(words)) return !/扣.{0,2}(低保|补贴|补助|养老金|救助)/u.test(words);
  if (/(陪|送|接|护送|代办|帮办|协助|帮助).{0,10}$/u.test(clause.slice(0, clause.indexOf(words)))) {
    return !/(取消|剥夺|停发|扣发)/u.test(words);
  }
  return false;
}

function findFine(clause: string): string | null {
  const found =
    find(clause, '罚款|罚金|罚钱|违约金') ??
    find(clause, '(处|罚|缴|交|扣)[^分]{0,4}[0-9０-９一二三四五六七八九十百千]+ ?元') ??
    find(clause, '(交|缴|收|扣)(纳|取|除)?.{0,4}(押金|保证金|工资|罚没)');
  if (!found) return null;
  const isOff =
    isForbidden(found.before) || /(不|不搞|不收|不用|代替|替代|没有|无|免)(交|缴|收)?$/u.test(found.before);
  return isOff ? null : found.words;
}

const DEVICE =
  '(APP|软件|客户端|小程序|平台|公众号|视频号|抖音|快手|微信|网站|系统|学习强国|群(?!众|体|防|策))';

function findClicks(clause: string): string | null {
  const found =
    find(clause, '转发(?!放|电)|朋友圈|刷屏|集赞|拉票|投票截图|刷(视频|直播|阅读量|学时)') ??
    find(clause, '点赞') ??
    find(clause, `(登录|登陆|上线|签到).{0,8}${DEVICE}`) ??
    find(clause, `${DEVICE}.{0,6}(登录|登陆|签到|打卡|上线)`) ??
    find(
      clause,
      '(每日|每天|天天|按时|线上|网上|手机)(登录|登陆|签到|打卡|点击|浏览)|签到打卡|打卡签到|登录(一?次|得分|积分)|^登录',
    ) ??
    find(clause, `(下载|安装|注册|关注|浏览|点击|观看).{0,8}${DEVICE}`) ??
    find(clause, '邀请(好友|新用户)|拉新|助力砍价');
  if (!found) return null;
  // 被乡亲点赞 is praise, not a click
  if (found.words === '点赞' && /(被|获|受到|赢得|得到).{0,8}点赞/u.test(clause)) return null;
  return isForbidden(found.before) || /不(以|按|看|把|给|计|算)/u.test(clause) ? null : found.words;
}

/** What a text says that no rulebook may say; in its order, each link once. `isDeduction`: of an item that takes points. */
export function findForbidden(text: string, { isDeduction = false, isItem = false } = {}): ForbiddenWords[] {
  const found = new Map<ForbiddenLink, string>();
  const note = (link: ForbiddenLink, words: string | null) => {
    if (words !== null && !found.has(link)) found.set(link, words);
  };
  for (const clause of clausesOf(text.normalize('NFKC'))) {
    note('EXPULSION', findExpulsion(clause));
    note('RESET', findReset(clause, isDeduction));
    note('BENEFIT', findBenefitLink(clause));
    note('FINE', findFine(clause));
    if (isItem) note('CLICKS', findClicks(clause));
  }
  return [...found].map(([link, words]) => ({ link, words }));
}
