package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Manages transactions of JPA in the scope of the thread. JPA receives entities long before it writes them at the end
 * of a transaction, so a connection alone does not identify the project of an entity. For that reason each
 * {@code EntityManager} works in its own scope.
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
     * An {@code EntityManager} that exists before any transaction, for example one for a whole request, belongs to the
     * scope of its first use, because it keeps entities of that project.
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
