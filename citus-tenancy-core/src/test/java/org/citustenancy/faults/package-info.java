/**
 * Things that go wrong in the middle of an operation, statement by statement: a process that is killed, connections that are
 * cut or say nothing any more, nodes that die, locks that others hold, full disks. And what is there after the next attempt.
 */
package org.citustenancy.faults;
