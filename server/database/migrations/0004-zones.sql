-- The name server reads the difference of a change, to apply it to what it has in memory. Never who made it.
grant select (org_id, change_id, seq, added, owner, type, ttl, rdata) on change_entry to :dns;
create policy dns_reads_entries on change_entry for select to :dns using (true);
