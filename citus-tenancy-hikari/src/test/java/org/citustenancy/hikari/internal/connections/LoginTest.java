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
    void what_a_slow_source_still_says_does_not_bring_the_old_password_back() {
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
    void a_source_that_comes_later_is_asked_from_then_on() {
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
