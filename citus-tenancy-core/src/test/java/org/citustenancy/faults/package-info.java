/**
 * Faults that are injected into an operation at one of its statements: a killed process, a closed or silent connection, a node
 * that dies, a lock of another session, a full disk. The next attempt of the operation must complete it.
 */
package org.citustenancy.faults;
