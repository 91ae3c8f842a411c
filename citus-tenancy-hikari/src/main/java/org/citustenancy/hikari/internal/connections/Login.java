package org.citustenancy.hikari.internal.connections;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/** A user and its current password. */
public final class Login {

    private static final long LOOK_MILLIS = 100;

    private final String user;
    private volatile @Nullable Supplier<Secret> source;

    /** The last value of the source. A source that still returns it does not know of a change. */
    private volatile @Nullable Secret supplied;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Credential current;

    /**
     * Creates a login whose password changes on request.
     *
     * @param password the current password
     */
    public Login(String user, Secret password) {
        this(user, password, null);
    }

    /**
     * Creates a login whose password comes from a supplier.
     *
     * @param source supplies the password of each new connection
     */
    public Login(String user, Supplier<Secret> source) {
        this(user, source.get(), source);
    }

    private Login(String user, Secret password, @Nullable Supplier<Secret> source) {
        this.user = user;
        this.current = new Credential(password);
        this.source = source;
        this.supplied = source == null ? null : password;
    }

    /** Returns the user. */
    public String user() {
        return user;
    }

    /** Returns the current password. */
    public Secret password() {
        return current().password();
    }

    /** Adds a listener of password changes. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener a listener that was added before
     */
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Takes the password source of another login of the same user.
     *
     * @param newer the other login
     */
    public void follow(Login newer) {
        Supplier<Secret> known = newer.source;
        if (known != null) {
            supplied = newer.supplied;
            source = known;
        }
        change(newer.current.password());
    }

    /**
     * Changes the password. A supplier may return the new password later; its last result is obsolete.
     *
     * @param password the new password; the call has no effect if it is the current one
     */
    public void change(Secret password) {
        lock.lock();
        try {
            if (current.password().equals(password)) {
                return;
            }
            current = new Credential(password);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    Credential current() {
        Supplier<Secret> known = source;
        if (known != null) {
            Secret now = known.get();
            if (!Objects.equals(now, supplied)) {
                supplied = now;
                change(now);
            }
        }
        return current;
    }

    /**
     * Waits until the password differs from this one, which the server refuses.
     *
     * @param old the password
     * @param millis the longest wait
     * @param wanted whether the result is still needed
     * @return whether the password differs
     */
    boolean awaitAnother(Credential old, long millis, BooleanSupplier wanted) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        while (current() == old) {
            if (left <= 0 || !wanted.getAsBoolean()) {
                return false;
            }
            long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            left -= slice;
            lock.lockInterruptibly();
            try {
                while (current == old && slice > 0) {
                    slice = changed.awaitNanos(slice);
                }
            } finally {
                lock.unlock();
            }
        }
        return true;
    }
}
