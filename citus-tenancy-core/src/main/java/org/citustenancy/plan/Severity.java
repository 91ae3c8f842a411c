package org.citustenancy.plan;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing; nothing fails because of it. */
    NOTICE,
    /** A part of the desired state is missing. */
    WARNING,
    /** The project does not work on a node, or a role can connect that must not. */
    SEVERE
}
