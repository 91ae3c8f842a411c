/** Change logs of the projects with Liquibase, if it is on the class path. */
@NullMarked
package org.citustenancy.spring.internal.liquibase;

import org.jspecify.annotations.NullMarked;
