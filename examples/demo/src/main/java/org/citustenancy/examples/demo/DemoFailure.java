package org.citustenancy.examples.demo;

/** Thrown if the demo cannot continue, for a reason that you can resolve. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
