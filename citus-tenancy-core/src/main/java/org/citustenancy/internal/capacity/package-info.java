/**
 * Reads the free capacity of nodes and refuses requests that exceed it. The classes that compare a request with the
 * limits of the nodes belong here.
 */
@NullMarked
package org.citustenancy.internal.capacity;

import org.jspecify.annotations.NullMarked;
