package org.citustenancy.embedded.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void the_image_is_named_and_what_was_wrong_with_it() {
        Throwable late = new IllegalStateException("not fulfilled within 2 minutes.", new TimeoutException());
        Throwable unfetched = new IllegalStateException("Failed to pull image: alpine:3.17", late);

        assertThat(new Causes(new ExecutionException(unfetched)).text())
                .isEqualTo("Failed to pull image: alpine:3.17: not fulfilled within 2 minutes: TimeoutException");
    }

    @Test
    void nothing_is_said_twice() {
        Throwable inner = new IllegalStateException("port is already allocated");
        Throwable outer = new IllegalStateException("Status 500: port is already allocated", inner);

        assertThat(new Causes(new IllegalStateException("Status 500: port is already allocated", outer)).text())
                .isEqualTo("Status 500: port is already allocated");
    }
}
