package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions of this library. Its message says what happened, where, what is done already, and what to
 * do; {@link #failure()} has the same in parts. No message contains a password.
 *
 * <pre>{@code
 * try {
 *     request.create();
 * } catch (NodeUnreachableException down) {
 *     later(request::create);                            // resumes where it stopped
 * } catch (CitusTenancyException other) {
 *     alert(other.failure().what(), other.failure().fix());
 * }
 * }</pre>
 */
public abstract class CitusTenancyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    protected CitusTenancyException(Failure failure, @Nullable Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    /**
     * The failure in parts.
     *
     * @return what happened, where, what is done, and what to do
     */
    public Failure failure() {
        return failure;
    }
}
