create table events (id bigint primary key, kind text not null);
select create_distributed_table('events', 'id');
