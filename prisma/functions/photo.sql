-- Photos that look alike: perceptual hashes that differ in at most 6 of 64 bits (lib/photos/decode-worker.mjs makes
-- them; 0 is too plain to compare), among those of the last 400 days. Noted once, when a photo is stored, by a walk over
-- the village's hashes, so that nobody who looks at a queue has to walk. Uploads of one village take turns here: two of
-- the same scene at the same moment would miss each other.
create or replace function note_photo_likeness() returns trigger language plpgsql as $$
begin
  if new.perceptual = 0 then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended('likeness' || new.village_id::text, 7));
  with alike as (
    select q.id, bit_count((q.perceptual # new.perceptual)::bit(64))::smallint as distance
    from photo q
    where q.village_id = new.village_id and q.id <> new.id and q.perceptual <> 0
      and q.created_at > new.created_at - interval '400 days'
      and bit_count((q.perceptual # new.perceptual)::bit(64)) <= 6
    -- of the same picture sent over and over, the nearest and latest are enough
    order by 2, q.created_at desc, q.id limit 30
  )
  insert into photo_likeness (village_id, id, photo_id, other_id, distance)
  select new.village_id, gen_random_uuid(), new.id, a.id, a.distance from alike a
  union all
  select new.village_id, gen_random_uuid(), a.id, new.id, a.distance from alike a;
  return null;
end $$;
drop trigger if exists photo_likeness_note on photo;
create trigger photo_likeness_note after insert on photo for each row execute function note_photo_likeness();

-- A photo that is evidence of something other than a deed proves nothing else. The lock makes two uses take turns.
create or replace function check_attached_photo() returns trigger language plpgsql as $$
begin
  perform 1 from photo p where p.village_id = new.village_id and p.id = new.photo_id for update;
  if not found then perform refuse('PHOTO_GONE'); end if;
  if exists (select 1 from deed_photo dp where dp.village_id = new.village_id and dp.photo_id = new.photo_id)
     or exists (select 1 from attached_photo ap where ap.village_id = new.village_id and ap.photo_id = new.photo_id) then
    perform refuse('PHOTO_USED');
  end if;
  return new;
end $$;
drop trigger if exists attached_photo_check on attached_photo;
create trigger attached_photo_check before insert on attached_photo for each row execute function check_attached_photo();

-- Takes one's own photo back: one that proves nothing, or only deeds that were withdrawn, which no state leads out of.
-- It leaves those deeds too, so nobody of the office sees it any more. The lock makes it and a new use take turns.
create or replace function photo_remove(p_village uuid, p_id uuid, p_person uuid, out large_hash text, out small_hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select p.large_hash, p.small_hash into large_hash, small_hash
  from photo p where p.village_id = p_village and p.id = p_id and p.uploaded_by_id = p_person for update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if exists (
    select 1 from deed_photo dp join deed d on d.village_id = dp.village_id and d.id = dp.deed_id
    where dp.village_id = p_village and dp.photo_id = p_id and d.state <> 'WITHDRAWN'
  ) or exists (select 1 from attached_photo ap where ap.village_id = p_village and ap.photo_id = p_id) then
    perform refuse('PHOTO_IN_USE');
  end if;
  delete from deed_photo dp where dp.village_id = p_village and dp.photo_id = p_id;
  delete from photo p where p.village_id = p_village and p.id = p_id;
end $$;
