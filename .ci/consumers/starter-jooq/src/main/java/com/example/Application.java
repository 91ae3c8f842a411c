package com.example;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with jOOQ, which uses it where it can be loaded. */
@SpringBootApplication
class Application {

    public static void main(String... arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Bean
    CommandLineRunner works(JdbcClient sql) {
        return arguments -> System.out.println(
                "WORKS for " + sql.sql("SELECT current_user").query(String.class).single());
    }

    @Configuration
    @ConditionalOnClass(DSLContext.class)
    static class WithJooq {

        @Bean
        CommandLineRunner jooq(DSLContext sql, JdbcClient client, TransactionTemplate transaction) {
            return arguments -> {
                String first = transaction.execute(status -> sql.fetchValue(backend()) + "").toString();
                boolean same = Boolean.TRUE.equals(transaction.execute(status -> sql.fetchValue(backend())
                        .equals(client.sql("SELECT pg_backend_pid()").query(Integer.class).single())));
                System.out.println("JOOQ works, as session " + first + ", in the same transaction as JDBC: " + same);
            };
        }

        private static org.jooq.Field<Integer> backend() {
            return DSL.field("pg_backend_pid()", Integer.class);
        }
    }
}
