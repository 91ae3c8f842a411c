package com.example;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One EntityManagerFactory for two projects, used by 16 threads at a time. */
@SpringBootApplication
class Application {

    private static final List<String> PROJECTS = List.of("jpa_one", "jpa_two");

    public static void main(String... arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Bean
    CommandLineRunner works(ProjectPools pools, JdbcClient sql, Notes notes, AsyncTaskExecutor threads) {
        return arguments -> {
            for (String project : PROJECTS) {
                try (ProjectScope scope = open(pools, project)) {
                    sql.sql("DROP TABLE IF EXISTS note").update();
                    sql.sql("DROP SEQUENCE IF EXISTS note_seq").update();
                    sql.sql("CREATE TABLE note (id bigint PRIMARY KEY, project text)").update();
                    sql.sql("CREATE SEQUENCE note_seq INCREMENT BY 50").update();
                    notes.save(new Note(scope.project()));
                }
            }
            List<Future<Long>> wrong = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                String project = PROJECTS.get(thread % 2);
                wrong.add(threads.submit(() -> {
                    long rows = 0;
                    for (int round = 0; round < 50; round++) {
                        try (ProjectScope scope = open(pools, project)) {
                            notes.save(new Note(scope.project()));
                            rows += notes.findAll().stream()
                                    .filter(note -> !note.project().equals(project))
                                    .count();
                        }
                    }
                    return rows;
                }));
            }
            long rows = 0;
            for (Future<Long> each : wrong) {
                rows += each.get();
            }
            if (rows > 0) {
                throw new IllegalStateException(rows + " rows of the wrong project");
            }
            System.out.println("WORKS: 16 threads read no row of the wrong project");
        };
    }

    private static ProjectScope open(ProjectPools pools, String project) {
        return pools.scopes().open(project, project + "_user");
    }
}
