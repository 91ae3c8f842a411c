insert into created_by_operator values (1);
