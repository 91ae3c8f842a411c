package org.citustenancy.statistics.activity;

import java.time.Duration;
import java.util.Optional;

/**
 * A session that waits for another one's lock.
 *
 * @param waiting the session that waits
 * @param blocking the session that it waits for; absent if a prepared transaction has the lock
 * @param age how long the statement that waits has run
 */
public record LockWait(NodeSession waiting, Optional<NodeSession> blocking, Duration age) {}
