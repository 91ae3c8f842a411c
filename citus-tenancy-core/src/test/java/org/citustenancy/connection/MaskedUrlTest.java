package org.citustenancy.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password in the URL is shown nowhere. */
class MaskedUrlTest {

    private static final String HIDDEN = "hidden";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:1/postgres?password=hidden",
                "jdbc:postgresql://127.0.0.1:1/postgres?user=postgres&password=hidden&ssl=false",
                "jdbc:postgresql://127.0.0.1:1/postgres?sslpassword=hidden&sslmode=prefer",
                "jdbc:postgresql://postgres:hidden@127.0.0.1:1/postgres",
                "jdbc:postgresql://postgres:hidden@nowhere.invalid/postgres",
                "jdbc:postgresql://postgres:hid/?den@127.0.0.1:1/postgres?password=hidden",
                "jdbc:postgresql://127.0.0.1:port/postgres?password=hidden",
                "postgresql://postgres:hidden@127.0.0.1:1/postgres",
                "jdbc:mysql://127.0.0.1:1/postgres?PASSWORD=hidden"
            })
    void options_and_exceptions_mask_passwords_in_the_url(String url) {
        ClusterOptions options =
                ClusterOptions.of(url, "postgres", Secret.of("another")).deadline(Duration.ofSeconds(5));

        assertThat(MaskedUrl.of(url)).doesNotContain(HIDDEN).contains(Secret.MASK);
        assertThat(options.toString()).doesNotContain(HIDDEN).contains("endSessionsOnRotation=true");
        Throwable failure = catchThrowable(() -> CitusCluster.connect(options).close());
        assertThat(Stream.iterate(failure, cause -> cause != null, Throwable::getCause))
                .isNotEmpty()
                .allSatisfy(cause -> assertThat(cause.toString()).doesNotContain(HIDDEN));
    }

    @Test
    void url_without_a_password_is_shown_unchanged() {
        String url = "jdbc:postgresql://one:5432,[::1]:5433/app_production?sslmode=verify-full&ApplicationName=shop";

        assertThat(MaskedUrl.of(url)).isEqualTo(url);
    }
}
