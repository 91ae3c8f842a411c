create table events (user_id bigint not null, kind text not null, at timestamptz not null default now());
select create_distributed_table('events', 'user_id');
