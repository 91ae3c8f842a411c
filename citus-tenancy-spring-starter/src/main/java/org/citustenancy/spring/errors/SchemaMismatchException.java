package org.citustenancy.spring.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * Thrown at the first session of JPA in a project if {@code spring.jpa.hibernate.ddl-auto} is {@code validate} and a table
 * or column of an entity is missing in the project, or has another type.
 */
public final class SchemaMismatchException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a failure.
     *
     * @param failure the failure, which names the project, the table and the column
     * @param cause the exception of Hibernate
     */
    public SchemaMismatchException(Failure failure, Throwable cause) {
        super(failure, cause);
    }
}
