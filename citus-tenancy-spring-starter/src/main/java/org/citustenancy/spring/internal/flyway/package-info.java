/** Migrations of the projects with Flyway, if it is on the class path. */
@NullMarked
package org.citustenancy.spring.internal.flyway;

import org.jspecify.annotations.NullMarked;
