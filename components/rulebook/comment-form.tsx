import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { SelectField, TextAreaField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';

/** What a resident says of a draft, or of one item of it. */
export function CommentForm({
  versionId,
  page,
  items,
  removed,
  about,
  form,
  token,
}: {
  versionId: string;
  page: string;
  items: { code: string; name: string }[];
  /** what the draft deletes */
  removed: { code: string; name: string }[];
  /** code of the item that was chosen on the page */
  about?: string;
  form: FormReturn | null;
  token: string;
}) {
  return (
    <CommandForm
      name="comment-on-draft"
      back={`${page}?say=1`}
      next={`${page}#said`}
      fixed={{ versionId }}
      form={form}
      token={token}
      label="提意见"
    >
      <SelectField
        name="itemCode"
        label="说的是哪一项"
        optional
        empty="整部细则"
        options={[
          ...removed.map(({ code, name }) => ({ value: code, label: `［删］${name}` })),
          ...items.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        defaultValue={about}
        form={form}
      />
      <TextAreaField
        name="body"
        label="您的意见"
        hint="同意的、不同意的、怎么改好，都可以说。写出来就收不回，可以再补充。名字会遮住。"
        rows={4}
        maxLength={500}
        form={form}
      />
      <Button kind="primary">提意见</Button>
    </CommandForm>
  );
}

/** The office's answer to a comment. */
export function AnswerForm({
  commentId,
  page,
  form,
  token,
}: {
  commentId: string;
  page: string;
  form: FormReturn | null;
  token: string;
}) {
  return (
    <CommandForm
      name="answer-comment"
      back={`${page}?answer=${commentId}#c-${commentId}`}
      next={`${page}#c-${commentId}`}
      fixed={{ commentId }}
      form={form}
      token={token}
      label="答复"
    >
      <TextAreaField
        name="answer"
        label="答复"
        hint="人人看得到，答复了不能改。"
        rows={3}
        maxLength={500}
        form={form}
      />
      <Button kind="done">答复</Button>
    </CommandForm>
  );
}
