/** Forms a cluster of servers: waits for them, and registers them with each other. This package knows no projects. */
@NullMarked
package org.citustenancy.internal.formation;

import org.jspecify.annotations.NullMarked;
