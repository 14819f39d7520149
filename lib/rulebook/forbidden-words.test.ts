import { describe, expect, it } from 'vitest';
import { findForbidden } from './forbidden-words';

const links = (text: string, of = {}) => findForbidden(text, of).map((one) => one.link);

describe('expulsion', () => {
  it.each([
    '屡教不改的开除村籍',
    '情节严重者，取消其村民资格',
    '积分为负的赶出本村',
    '三次上黑榜，强制迁出户口',
    '不参加劳动的，由村集体除名',
    '剥夺集体经济组织成员身份',
  ])('refuses: %s', (text) => {
    expect(links(text)).toContain('EXPULSION');
  });

  it.each([
    '任何人不得开除他人村籍',
    '不取消任何人的村民资格',
    '户口迁出以后，可兑积分保留到年底',
    '驱逐流浪狗，保护行人',
    '被单位开除的，帮他找活干',
    '注销户口的手续，帮办员代跑',
  ])('allows: %s', (text) => {
    expect(links(text)).toEqual([]);
  });
});

describe('reset to zero', () => {
  it.each([
    '打架斗殴的积分清零',
    '虚报一次，全年积分作废',
    '取消全部积分',
    '违反本条的，清空荣誉分',
    '没收累计所有积分',
    '不服从管理，年底积分归零，拒不改正的积分清零',
  ])('refuses: %s', (text) => {
    expect(links(text)).toContain('RESET');
  });

  it('refuses it in a deduction whatever the words around it', () => {
    expect(links('情节严重的清零', { isDeduction: true, isItem: true })).toEqual(['RESET']);
    expect(links('年底积分清零', { isDeduction: true, isItem: true })).toEqual(['RESET']);
  });

  it.each([
    '可兑积分年底统一清零',
    '积分不清零，跨年接着用',
    '积分不得清零',
    '卫生死角清零行动',
    '安全隐患清零',
    '虚假申报的，冲销该笔积分',
    '取消当次积分',
  ])('allows: %s', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('allows a deduction about work that is not done', () => {
    expect(links('门前卫生死角未清零', { isDeduction: true, isItem: true })).toEqual([]);
  });
});

describe('links to rights and benefits', () => {
  it.each([
    '积分不到 10 分的取消低保',
    '黑榜户停发补贴',
    '黑榜户一律不予开具证明',
    '积分与低保评定挂钩',
    '扣分多的，子女不得入学',
    '积分排名作为评定低保的依据',
    '不参加会议的扣发养老金',
    '不得享受惠农补贴',
    '暂停办理宅基地审批',
    '上黑榜的影响其低保待遇',
    '积分高的优先享受低保',
    '黑榜户办理证明暂缓',
    '证明不予开具',
    '主动退出低保',
    '扣除本人地力补偿',
    '拒绝给黑榜户出具证明',
    '取消特困供养',
    '违者取消低保',
    '不得乱倒垃圾，违者取消低保',
    '不得乱倒垃圾否则停发补助',
    '积分达到 60 分才能办理入学',
    '黑榜户的孩子不能上学',
    '政审不予推荐参军',
  ])('refuses: %s', (text) => {
    expect(links(text)).toContain('BENEFIT');
  });

  it.each([
    '看望五保户、独居老人',
    '帮低保户打扫房屋',
    '代五保老人领取养老金',
    '给特困老人送饭',
    '积分不与低保、五保、补贴挂钩',
    '不得取消任何人的低保',
    '不得以积分为由停发补贴',
    '扣分不影响低保和上学',
    '五保户不扣分，不上黑榜',
    '宣传医保政策，帮老人缴费',
    '带队人证明',
    '没有证明的不予记分',
    '护送孩子上学',
    '学校门口停车挡住上学路，经提醒不改',
    '协助办理残疾人证件',
    '义务辅导孩子升学',
    '帮助困难学生申请助学金',
    '任何人不得因积分被拒绝开具证明',
    '任何人不得因扣分不予办理低保',
    '优先帮助五保户收割',
    '乱停车影响学生上学',
    '骗取低保',
    '签到表、照片或者村组证明',
    '秋收时帮特困户扣大棚膜',
  ])('allows: %s', (text) => {
    expect(links(text, { isItem: true })).toEqual([]);
  });
});

describe('fines', () => {
  it.each([
    '乱倒垃圾罚款 50 元',
    '每次交 100 元',
    '扣工资',
    '先交押金',
    '违者处罚金',
    '罚 20 元',
    '不得焚烧秸秆，否则罚款',
  ])('refuses: %s', (text) => {
    expect(links(text)).toContain('FINE');
  });

  it.each([
    '村里不罚款',
    '不得对村民罚款',
    '由有权机关依法处理',
    '1 分按 1 元算',
    '每次扣 3 分',
    '义务修好罚站亭',
  ])('allows: %s', (text) => {
    expect(links(text)).toEqual([]);
  });
});

describe('points for clicks', () => {
  const clicks = (text: string) => links(text, { isItem: true });

  it.each([
    '给村公众号点赞',
    '转发村里的文章到朋友圈',
    '每日签到打卡',
    '登录小程序',
    '每天登录一次',
    '下载安装国家反诈 APP',
    '关注村公众号',
    '学习强国平台打卡',
    '邀请好友注册',
    '未转发通知',
    '观看抖音直播',
    '在群里签到',
  ])('refuses: %s', (text) => {
    expect(clicks(text)).toContain('CLICKS');
  });

  it.each([
    '参加村民会议，签到表',
    '参加普法、反诈、健康讲座',
    '关注留守儿童，每周看望',
    '快递收转发放',
    '注册志愿者上门服务',
    '好人好事被乡亲点赞',
    '台风登陆前协助转移群众',
    '巡河巡山，打卡点照片',
    '教老人用手机',
    '上门宣讲反诈',
    '在签到表上签字',
  ])('allows: %s', (text) => {
    expect(clicks(text)).toEqual([]);
  });

  it('does not mind such words in the covenant', () => {
    expect(links('好事在群里转发，让大家看见')).toEqual([]);
  });
});

it('sees through full-width and compatibility characters', () => {
  expect(links('下载ＡＰＰ', { isItem: true })).toEqual(['CLICKS']);
  expect(links('罚５０元')).toEqual(['FINE']);
});
