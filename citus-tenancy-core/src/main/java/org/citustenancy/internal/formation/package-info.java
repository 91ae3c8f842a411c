/**
 * Forms a cluster from servers: waits for them and registers them with each other. The classes that wait for a
 * coordinator or for workers belong here. This package has no dependency on projects.
 */
@NullMarked
package org.citustenancy.internal.formation;

import org.jspecify.annotations.NullMarked;
