package org.citustenancy.plan;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing; nothing fails because of it. */
    NOTICE,
    /** Something asked for is not so. */
    WARNING,
    /** The project does not work on a node, or a role can connect that must not. */
    SEVERE
}
