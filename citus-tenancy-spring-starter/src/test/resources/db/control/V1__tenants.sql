create table tenants (id bigint primary key, project text not null);
