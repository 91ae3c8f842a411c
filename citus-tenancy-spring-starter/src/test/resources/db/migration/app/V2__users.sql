create table users (id bigint primary key, name text not null);
select create_distributed_table('users', 'id');
