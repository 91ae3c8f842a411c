/** Migrations of the projects by Flyway, where it is on the class path. */
@NullMarked
package org.citustenancy.spring.internal.flyway;

import org.jspecify.annotations.NullMarked;
