package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManagerFactory;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.spring.errors.ReplacedDatabaseException;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Manages transactions of JPA in the scope of the thread. An {@code EntityManager} that exists before any transaction, for
 * example one for a whole request, takes part only in transactions of its own scope, because it keeps entities of that
 * project.
 */
final class CurrentProjectTransactions extends JpaTransactionManager {

    private static final long serialVersionUID = 1L;

    CurrentProjectTransactions(EntityManagerFactory factory) {
        super(factory);
    }

    @Override
    protected Object doGetTransaction() {
        if (TransactionSynchronizationManager.getResource(obtainEntityManagerFactory())
                        instanceof EntityManagerHolder open
                && !open.isSynchronizedWithTransaction()) {
            ScopedEntities.requireScope(open.getEntityManager());
        }
        return super.doGetTransaction();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        try {
            super.doBegin(transaction, definition);
        } catch (CannotCreateTransactionException failure) {
            CitusTenancyException known = known(failure);
            if (!(known instanceof ReplacedDatabaseException)) {
                throw known == null ? failure : known;
            }
            // Nothing has happened in the transaction, and another session finds the new database.
            super.doBegin(transaction, definition);
        }
    }

    private static @Nullable CitusTenancyException known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CitusTenancyException known) {
                return known;
            }
        }
        return null;
    }
}
