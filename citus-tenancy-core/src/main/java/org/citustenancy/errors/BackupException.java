package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A backup cannot be written or read: its directory or a file is not what it must be. */
public final class BackupException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public BackupException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public BackupException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
