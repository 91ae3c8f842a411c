package org.citustenancy.hikari.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** Which password counts when several say different things. */
class LoginTest {

    private static final Secret OLD = Secret.of("old");
    private static final Secret NEW = Secret.of("new");
    private static final Secret NEWEST = Secret.of("newest");

    private final AtomicReference<Secret> supplied = new AtomicReference<>(OLD);

    @Test
    void changed_password_is_kept_when_a_slow_source_returns_the_old_one() {
        Login login = new Login("user", supplied::get);
        Credential first = login.current();

        login.change(NEW);
        Credential second = login.current();
        assertThat(second).isNotSameAs(first);
        assertThat(login.password()).isEqualTo(NEW);
        assertThat(login.current()).isSameAs(second);

        supplied.set(NEW);
        assertThat(login.current()).isSameAs(second);
        supplied.set(NEWEST);
        assertThat(login.password()).isEqualTo(NEWEST);
    }

    @Test
    void source_that_never_learns_of_changes_is_ignored_after_each_of_them() {
        Login login = new Login("user", supplied::get);

        login.change(NEW);
        assertThat(login.password()).isEqualTo(NEW);
        login.change(NEWEST);
        assertThat(login.password()).isEqualTo(NEWEST);
        login.change(OLD);
        assertThat(login.password()).isEqualTo(OLD);
    }

    @Test
    void later_source_replaces_the_earlier_one() {
        Login login = new Login("user", OLD);

        supplied.set(NEW);
        login.follow(new Login("user", supplied::get));
        assertThat(login.password()).isEqualTo(NEW);
        supplied.set(NEWEST);
        assertThat(login.password()).isEqualTo(NEWEST);

        login.follow(new Login("user", OLD));
        assertThat(login.password()).isEqualTo(OLD);
    }
}
