/**
 * Carries out the operations on projects and users: reconciling, dropping, cleaning, verifying, and changing passwords.
 * A class belongs here if it decides the order of an operation: which locks it takes, when it observes the nodes, which
 * plan it runs, and when it repeats or rolls back. Observing, planning and running belong to the packages of these
 * names.
 */
@NullMarked
package org.citustenancy.internal.provisioning;

import org.jspecify.annotations.NullMarked;
