/** The settings of a pool: the requested ones, with the guide's names, and the effective ones. */
@NullMarked
package org.citustenancy.hikari.settings;

import org.jspecify.annotations.NullMarked;
