create table products (id int primary key, cents bigint not null);
create table orders (
    customer bigint,
    id bigserial,
    product int not null references products,
    pieces int not null check (pieces > 0),
    primary key (customer, id)
);
