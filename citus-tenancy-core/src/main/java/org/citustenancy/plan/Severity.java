package org.citustenancy.plan;

/** The severity of a finding. */
public enum Severity {
    /** For information; nothing fails because of it. */
    NOTICE,
    /** A part of the desired state is missing. */
    WARNING,
    /** The project does not work on a node, or a role can connect that must not. */
    SEVERE
}
