/**
 * Suspends unused projects, and resumes them: a suspended project has no process on any node. The classes that
 * decide whether a project may be suspended, and that end and start the maintenance daemons of Citus, belong here.
 */
@NullMarked
package org.citustenancy.internal.suspending;

import org.jspecify.annotations.NullMarked;
