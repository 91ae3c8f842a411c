/** Change logs of the projects by Liquibase, where it is on the class path. */
@NullMarked
package org.citustenancy.spring.internal.liquibase;

import org.jspecify.annotations.NullMarked;
