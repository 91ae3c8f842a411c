package org.citustenancy.statistics.activity;

import java.time.Duration;
import java.util.Optional;

/**
 * A session that waits for a lock of another session.
 *
 * @param waiting the waiting session
 * @param blocking the session that holds the lock; absent if a prepared transaction holds it
 * @param age how long the waiting statement has been running
 */
public record LockWait(NodeSession waiting, Optional<NodeSession> blocking, Duration age) {}
