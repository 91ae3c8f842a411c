create table countries (id int primary key);
create table ads (company_id int, id int, country int references countries, primary key (company_id, id));
insert into countries values (1);
insert into ads select i, i, 1 from generate_series(1, 20) i;
