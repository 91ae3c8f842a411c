/**
 * How a pool behaves: the requested settings, under the names that the guide uses, and what is in force.
 */
@NullMarked
package org.citustenancy.hikari.settings;

import org.jspecify.annotations.NullMarked;
