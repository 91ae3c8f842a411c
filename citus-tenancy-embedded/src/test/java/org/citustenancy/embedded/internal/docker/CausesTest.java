package org.citustenancy.embedded.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void text_names_the_image_and_the_cause() {
        Throwable late = new IllegalStateException("not fulfilled within 2 minutes.", new TimeoutException());
        Throwable unfetched = new IllegalStateException("Failed to pull image: alpine:3.17", late);

        assertThat(new Causes(new ExecutionException(unfetched)).text())
                .isEqualTo("Failed to pull image: alpine:3.17: not fulfilled within 2 minutes: TimeoutException");
    }

    @Test
    void text_repeats_no_message() {
        Throwable inner = new IllegalStateException("port is already allocated");
        Throwable outer = new IllegalStateException("Status 500: port is already allocated", inner);

        assertThat(new Causes(new IllegalStateException("Status 500: port is already allocated", outer)).text())
                .isEqualTo("Status 500: port is already allocated");
    }
}
