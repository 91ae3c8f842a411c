create table ${table_name} (id bigint primary key);
