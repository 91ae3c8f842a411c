create table settings (name text primary key, value text);
select create_reference_table('settings');
