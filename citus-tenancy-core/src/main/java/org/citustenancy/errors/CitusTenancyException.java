package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/**
 * The base class of all exceptions of this library. The message contains what happened, where, what is done already,
 * and what to do. {@link #failure()} returns the parts separately. No message contains a password.
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
     * Creates an exception for a failure.
     *
     * @param failure what happened
     * @param cause the underlying exception, or null
     */
    protected CitusTenancyException(Failure failure, @Nullable Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    /**
     * Returns the parts of the failure.
     *
     * @return what happened, where, what is done, and what to do
     */
    public Failure failure() {
        return failure;
    }
}
