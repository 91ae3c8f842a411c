package com.example;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

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
}
