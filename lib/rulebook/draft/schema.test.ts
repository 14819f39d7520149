import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { putItemInput } from './item/schema';
import { changeSettingsInput } from './schema';

// A form that was filled in wrongly in several places says so of each, in one answer.

const fieldsOf = (result: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  [...new Set((result.error?.issues ?? []).map((issue) => issue.path.join('.')))].sort();

const ITEM = {
  versionId: newId(),
  categoryId: newId(),
  name: '看望老人',
  kind: 'AWARD',
  points: '3',
  unit: 'TIME',
  subject: 'PERSON',
  capPoints: '12',
  capPer: 'MONTH',
  evidence: '照片',
  photo: 'OPTIONAL',
};

describe('an item', () => {
  const item = (more: object) => fieldsOf(putItemInput.safeParse({ ...ITEM, ...more }));

  it.each([
    [{}, []],
    [
      { name: '', points: '', capPoints: '', evidence: '', metricName: '米' },
      ['capPoints', 'evidence', 'metricUnit', 'name', 'points'],
    ],
    [{ points: '许多', capPoints: '0', metricUnit: '米' }, ['capPoints', 'metricName', 'points']],
    [
      { kind: 'DEDUCTION', points: '1000', capPoints: '9999', subject: 'PERSON', name: '短' },
      ['capPoints', 'name', 'points', 'subject'],
    ],
    [
      { points: '', stepName: ['村级', '镇级'], stepPoints: ['5', '3'], evidence: '' },
      ['evidence', 'stepPoints'],
    ],
    [
      { points: '', stepName: ['村级', '镇级'], stepPoints: ['5', '三'], evidence: '' },
      ['evidence', 'stepPoints.1'],
    ],
    [{ points: '20', name: '' }, ['capPoints', 'name']],
    [{ stepName: { 0: 1 }, stepPoints: 'x', metricName: 5 }, ['metricName', 'stepName.0', 'stepPoints.0']],
  ])('%o is wrong in %j', (more, fields) => {
    expect(item(more)).toEqual(fields);
  });

  it('that is no object at all is refused', () => {
    for (const raw of [null, 'x', 7, []]) expect(putItemInput.safeParse(raw).success).toBe(false);
  });
});

describe('settings', () => {
  it('are wrong in all places at once', () => {
    const wrong = {
      versionId: newId(),
      capPolicy: 'REFUSE',
      referenceFen: '0',
      yearEndPolicy: 'CARRY_UP_TO',
      yearEndCarryMost: '',
      starThresholds: ['10', '5'],
      redTop: '',
      redThreshold: '',
      redDays: '3',
      blackThreshold: '5',
      blackDays: '90',
      blackAudience: 'VILLAGE',
      publicityDays: '7',
      answerDays: '1',
      objectionDays: '7',
      warningDays: '3',
    };
    expect(fieldsOf(changeSettingsInput.safeParse(wrong))).toEqual([
      'answerDays',
      'redDays',
      'redTop',
      'referenceFen',
      'starThresholds',
      'yearEndCarryMost',
    ]);
  });
});
