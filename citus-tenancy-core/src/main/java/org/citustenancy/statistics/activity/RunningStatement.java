package org.citustenancy.statistics.activity;

import java.time.Duration;

/**
 * A running statement or an open transaction.
 *
 * @param session its session
 * @param age how long the statement has been running; without a running statement, how long the transaction has been
 *     open
 */
public record RunningStatement(NodeSession session, Duration age) {}
