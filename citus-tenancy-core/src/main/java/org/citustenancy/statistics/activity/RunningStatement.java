package org.citustenancy.statistics.activity;

import java.time.Duration;

/**
 * A statement that runs, or a transaction that is open.
 *
 * @param session the session that does it
 * @param age how long the statement has run, or the transaction has been open if no statement runs in it
 */
public record RunningStatement(NodeSession session, Duration age) {}
