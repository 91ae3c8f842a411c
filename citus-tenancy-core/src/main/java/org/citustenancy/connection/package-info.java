/**
 * How an application reaches a project: connection strings in the form each kind of client reads.
 */
@NullMarked
package org.citustenancy.connection;

import org.jspecify.annotations.NullMarked;
