package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of JPA that follow the scope of the thread. What JPA writes at the end of a transaction it is given long
 * before, so that connections alone do not show for which project: each {@code EntityManager} works in its own scope.
 */
final class CurrentProjectTransactions extends JpaTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient ProjectScopes scopes;

    CurrentProjectTransactions(EntityManagerFactory factory, ProjectScopes scopes) {
        super(factory);
        this.scopes = scopes;
    }

    @Override
    protected EntityManager createEntityManagerForTransaction() {
        EntityManager created = super.createEntityManagerForTransaction();
        return scopes.current().map(scope -> ScopedEntities.in(scope, created)).orElse(created);
    }

    @Override
    protected Object doGetTransaction() {
        scopes.current().ifPresent(this::keepOpenOneInItsScope);
        return super.doGetTransaction();
    }

    /**
     * An {@code EntityManager} that is there before any transaction, for a request as a whole for example, belongs to the scope
     * in which it is first used: it keeps entities of that project.
     */
    private void keepOpenOneInItsScope(ProjectScope scope) {
        EntityManagerFactory factory = obtainEntityManagerFactory();
        if (!(TransactionSynchronizationManager.getResource(factory) instanceof EntityManagerHolder open)
                || open.isSynchronizedWithTransaction()) {
            return;
        }
        EntityManager entities = open.getEntityManager();
        if (ScopedEntities.isScoped(entities)) {
            ScopedEntities.requireScope(entities);
        } else {
            TransactionSynchronizationManager.unbindResource(factory);
            TransactionSynchronizationManager.bindResource(
                    factory, new EntityManagerHolder(ScopedEntities.in(scope, entities)));
        }
    }
}
