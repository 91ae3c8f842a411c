package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A backup cannot be written or read, because its directory or a file is not in the expected state. */
public final class BackupException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public BackupException(Failure failure) {
        super(failure, null);
    }

    public BackupException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
