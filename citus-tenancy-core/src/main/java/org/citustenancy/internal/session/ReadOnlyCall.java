package org.citustenancy.internal.session;

import java.util.function.Supplier;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.OperationInterruptedException;

/** Runs operations that only read. Their exceptions would otherwise report that earlier steps remain done. */
public final class ReadOnlyCall {

    private static final String NOTHING = "nothing was changed";

    private ReadOnlyCall() {}

    /**
     * Runs an operation that changes nothing.
     *
     * @param look the operation
     * @param <T> the type of the result
     * @throws CitusTenancyException as the operation does, with the statement that nothing was changed
     */
    public static <T> T changingNothing(Supplier<T> look) {
        try {
            return look.get();
        } catch (NodeUnreachableException failure) {
            throw saysSo(failure) ? failure : new NodeUnreachableException(said(failure), failure);
        } catch (ConnectionException failure) {
            throw saysSo(failure) ? failure : new ConnectionException(said(failure), failure);
        } catch (DeadlineExceededException failure) {
            throw saysSo(failure) ? failure : new DeadlineExceededException(said(failure), failure);
        } catch (OperationInterruptedException failure) {
            throw saysSo(failure) ? failure : new OperationInterruptedException(said(failure), failure);
        }
    }

    private static boolean saysSo(CitusTenancyException failure) {
        return failure.failure().state().equals(NOTHING);
    }

    private static Failure said(CitusTenancyException failure) {
        Failure before = failure.failure();
        return Failure.of(before.what()).where(before.where()).state(NOTHING).fix(before.fix());
    }
}
