/** Makes servers into a cluster: waits for them, and lets them know of each other. Nothing here knows a project. */
@NullMarked
package org.citustenancy.internal.formation;

import org.jspecify.annotations.NullMarked;
