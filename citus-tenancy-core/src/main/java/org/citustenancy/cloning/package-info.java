/**
 * How a project is copied.
 */
@NullMarked
package org.citustenancy.cloning;

import org.jspecify.annotations.NullMarked;
