/**
 * The cluster's registry of projects and their states.
 */
@NullMarked
package org.citustenancy.registry;

import org.jspecify.annotations.NullMarked;
