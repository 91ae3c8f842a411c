package org.citustenancy.examples.spring;

import java.util.List;
import org.citustenancy.spring.OfProject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

// begin spring-users
/** The users, who are in the primary project. Adding a user also adds an event to the other project. */
@RestController
class Users {

    private final JdbcClient app;
    private final JdbcClient analytics;

    Users(JdbcClient app, @OfProject("analytics") JdbcClient analytics) {
        this.app = app;
        this.analytics = analytics;
    }

    @GetMapping("/users")
    List<User> all() {
        return app.sql("select id, name from users order by id")
                .query(User.class)
                .list();
    }

    @PostMapping("/users")
    @Transactional
    User add(@RequestBody User user) {
        app.sql("insert into users (id, name) values (:id, :name)")
                .param("id", user.id())
                .param("name", user.name())
                .update();
        analytics
                .sql("insert into events (user_id, kind) values (:user, 'came')")
                .param("user", user.id())
                .update();
        return user;
    }

    @GetMapping("/events")
    long events() {
        return analytics.sql("select count(*) from events").query(Long.class).single();
    }
}
// end spring-users
