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
